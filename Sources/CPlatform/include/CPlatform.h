// What Swift cannot import from the C library directly: macros, variadics and Linux system calls.
#pragma once
#include <stdint.h>

/// A close-on-exec, non-blocking eventfd, or -1 with errno set.
int martinet_eventfd(void);
/// Turns an eventfd on, and off.
void martinet_eventfd_set(int descriptor);
void martinet_eventfd_clear(int descriptor);

/// accept4 with close-on-exec and non-blocking.
int martinet_accept(int socket);

/// poll's event for a peer that closed its side.
enum { martinet_pollrdhup_value = 0x2000 };

/// flock(LOCK_EX | LOCK_NB): 0, or -1 with errno set (EWOULDBLOCK: another process holds it).
int martinet_try_lock_file(int descriptor);

/// How a byte of a file is locked between open files.
enum { martinet_lock_none = 0, martinet_lock_shared = 1, martinet_lock_exclusive = 2 };
/// Locks one byte without waiting, or unlocks it ("open file description" locks of Linux, which end with the
/// process that holds them). Returns 0, 1 where another open file has it, or -1 with errno set.
int martinet_lock_byte(int descriptor, int64_t offset, int mode);

/// open() with close-on-exec; `mode` counts only when the flags create the file.
int martinet_open(const char *path, int flags, unsigned mode);

/// Starts a thread. `body` gets `context`. `thread` is set only for a joinable thread; pass NULL for
/// a detached one. The stack is virtual memory of which only touched small pages count (no huge
/// pages: an idle thread must cost kilobytes, not megabytes). Returns 0 or an errno value.
int martinet_thread_start(const char *name, uint64_t stack_bytes, void (*body)(void *context),
                          void *context, uint64_t *thread);

/// pthread_join of a thread that martinet_thread_start returned.
int martinet_thread_join(uint64_t thread);

/// Blocks SIGTERM, SIGINT and SIGHUP in this thread and those it starts, ignores SIGPIPE.
int martinet_signals_block(void);

/// Waits for SIGTERM, SIGINT or SIGHUP and returns its number; 0 after `timeout_ms` (negative: waits
/// for ever).
int martinet_signals_wait(int64_t timeout_ms);

/// Starts a program in a process group of its own, with `input` and `output` as its standard input and output
/// and nothing else but standard error open. Call it in a thread that lives as long as the child shall.
/// Returns the process id, or a negative errno value.
int martinet_spawn(const char *path, char *const arguments[], int input, int output);

/// Waits for the end of a child; the status of waitpid, or -1.
int martinet_wait_child(int process_id);
/// The exit status of such a status, or minus the number of the signal that ended it.
int martinet_exit_status(int status);

/// Lets the kernel end this process (SIGKILL) when the thread that started it ends. Returns 0, or -1 when the
/// parent has gone already.
int martinet_end_with_parent(int parent);

/// pipe2 with close-on-exec.
int martinet_pipe(int descriptors[2]);

/// Ignores SIGPIPE in this process.
void martinet_ignore_sigpipe(void);

/// Reads a line from the terminal behind `prompt` without echoing it. Returns its length without the
/// newline, -1 when there is no terminal, -2 when it does not fit or at end of file.
long martinet_read_password(const char *prompt, char *buffer, unsigned long capacity);

/// strerror_r into `buffer`, always terminated.
void martinet_error_text(int number, char *buffer, unsigned long capacity);
