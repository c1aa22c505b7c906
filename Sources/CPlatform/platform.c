#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

int martinet_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void martinet_eventfd_set(int descriptor) { eventfd_write(descriptor, 1); }

void martinet_eventfd_clear(int descriptor) {
  eventfd_t count;
  eventfd_read(descriptor, &count);
}

int martinet_accept(int socket) {
  return accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

_Static_assert(martinet_pollrdhup_value == POLLRDHUP, "poll.h");

int martinet_try_lock_file(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB); }

int martinet_lock_byte(int descriptor, int64_t offset, int mode) {
  struct flock lock = {.l_whence = SEEK_SET, .l_start = offset, .l_len = 1};
  lock.l_type = mode == martinet_lock_none ? F_UNLCK : mode == martinet_lock_shared ? F_RDLCK : F_WRLCK;
  int result;
  do {
    result = fcntl(descriptor, F_OFD_SETLK, &lock);
  } while (result < 0 && errno == EINTR);
  if (result == 0) return 0;
  return errno == EAGAIN || errno == EACCES ? 1 : -1;
}

int martinet_open(const char *path, int flags, unsigned mode) {
  int descriptor;
  do {
    descriptor = open(path, flags | O_CLOEXEC, (mode_t)mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

struct thread_start {
  void (*body)(void *);
  void *context;
  char name[16];
};

static void *thread_main(void *argument) {
  struct thread_start start = *(struct thread_start *)argument;
  free(argument);
  pthread_setname_np(pthread_self(), start.name);
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    void *stack;
    size_t bytes;
    if (pthread_attr_getstack(&attributes, &stack, &bytes) == 0)
      madvise(stack, bytes, MADV_NOHUGEPAGE);
    pthread_attr_destroy(&attributes);
  }
  start.body(start.context);
  return NULL;
}

int martinet_thread_start(const char *name, uint64_t stack_bytes, void (*body)(void *),
                          void *context, uint64_t *thread) {
  struct thread_start *start = malloc(sizeof *start);
  if (start == NULL) return ENOMEM;
  start->body = body;
  start->context = context;
  // Linux keeps 15 bytes of a thread's name.
  strncpy(start->name, name, sizeof start->name - 1);
  start->name[sizeof start->name - 1] = 0;

  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error == 0) {
    error = pthread_attr_setstacksize(&attributes, stack_bytes);
    if (error == 0 && thread == NULL)
      error = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t handle;
    if (error == 0) error = pthread_create(&handle, &attributes, thread_main, start);
    if (error == 0 && thread != NULL) *thread = (uint64_t)handle;
    pthread_attr_destroy(&attributes);
  }
  if (error != 0) free(start);
  return error;
}

int martinet_thread_join(uint64_t thread) { return pthread_join((pthread_t)thread, NULL); }

static void termination_signals(sigset_t *set) {
  sigemptyset(set);
  sigaddset(set, SIGTERM);
  sigaddset(set, SIGINT);
  sigaddset(set, SIGHUP);
}

int martinet_signals_block(void) {
  sigset_t set;
  termination_signals(&set);
  martinet_ignore_sigpipe();
  return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int martinet_signals_wait(int64_t timeout_ms) {
  sigset_t set;
  termination_signals(&set);
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += timeout_ms / 1000;
  end.tv_nsec += (timeout_ms % 1000) * 1000000;
  for (;;) {
    int number;
    if (timeout_ms < 0) {
      number = sigwaitinfo(&set, NULL);
    } else {
      struct timespec now, left;
      clock_gettime(CLOCK_MONOTONIC, &now);
      int64_t nanoseconds =
          (int64_t)(end.tv_sec - now.tv_sec) * 1000000000 + (end.tv_nsec - now.tv_nsec);
      if (nanoseconds < 0) nanoseconds = 0;
      left.tv_sec = nanoseconds / 1000000000;
      left.tv_nsec = nanoseconds % 1000000000;
      number = sigtimedwait(&set, NULL, &left);
    }
    if (number > 0) return number;
    if (errno == EAGAIN) return 0;
    if (errno != EINTR) return -1;
  }
}

int martinet_spawn(const char *path, char *const arguments[], int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error != 0) return -error;
  error = posix_spawnattr_init(&attributes);
  if (error != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return -error;
  }
  pid_t process_id = -1;
  error = posix_spawn_file_actions_adddup2(&actions, input, 0);
  if (error == 0) error = posix_spawn_file_actions_adddup2(&actions, output, 1);
  if (error == 0) error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  if (error == 0) error = posix_spawnattr_setpgroup(&attributes, 0);
  if (error == 0)
    error = posix_spawn(&process_id, path, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? (int)process_id : -error;
}

int martinet_wait_child(int process_id) {
  int status;
  pid_t result;
  do {
    result = waitpid(process_id, &status, 0);
  } while (result < 0 && errno == EINTR);
  return result < 0 ? -1 : status;
}

int martinet_exit_status(int status) {
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int martinet_end_with_parent(int parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
  // The parent may have gone before the line above.
  return getppid() == parent ? 0 : -1;
}

int martinet_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

void martinet_ignore_sigpipe(void) { signal(SIGPIPE, SIG_IGN); }

long martinet_read_password(const char *prompt, char *buffer, unsigned long capacity) {
  int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return -1;
  struct termios before, quiet;
  if (tcgetattr(terminal, &before) != 0) {
    close(terminal);
    return -1;
  }
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr(terminal, TCSAFLUSH, &quiet);
  if (write(terminal, prompt, strlen(prompt)) < 0) { /* the answer is read all the same */
  }
  unsigned long length = 0;
  long result = -2;
  char byte;
  for (;;) {
    ssize_t count = read(terminal, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    if (byte == '\n') {
      if (length <= capacity) result = (long)length;
      break;
    }
    if (length < capacity) buffer[length] = byte;
    length++;
  }
  if (write(terminal, "\n", 1) < 0) { /* cosmetic */
  }
  tcsetattr(terminal, TCSAFLUSH, &before);
  close(terminal);
  return result;
}

void martinet_error_text(int number, char *buffer, unsigned long capacity) {
  char scratch[256];
  snprintf(buffer, capacity, "%s", strerror_r(number, scratch, sizeof scratch));
}
