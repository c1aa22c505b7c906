// What Swift cannot import from the C library directly: macros, variadics and Linux system calls.
#pragma once
