// libpq, the client library of PostgreSQL.
#pragma once
#include <postgresql/libpq-fe.h>
