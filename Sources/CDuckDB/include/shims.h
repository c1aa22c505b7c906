// The C interface of DuckDB. duckdb.h is a link into vendor/, where scripts/fetch-vendor puts the
// header that belongs to the pinned library.
#pragma once
#include "duckdb.h"
