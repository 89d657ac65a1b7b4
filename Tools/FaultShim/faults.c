// Counts the calls that change files below a folder, in a program and in all it starts, and spoils one of them.
//
// Preloaded by Tools/torture into the real `ligne`, and so into the `git` it runs. Told by its environment:
//
//   LIGNE_FAULT_ROOT     only calls on files below this folder count; an absolute path without links
//   LIGNE_FAULT_COUNTER  a file of one page of zeros, shared by all processes of one run
//   LIGNE_FAULT_AT       which call, from 1; 0 counts only
//   LIGNE_FAULT_ACTION   "kill": every process of the run is killed before the call is carried out; or a number:
//                        the call is not carried out and answers with this error
//   LIGNE_FAULT_STICKY   "1": all later calls answer with the error, too
//   LIGNE_FAULT_TRACE    a file to which each counted call is appended as a line
//
// What stdio writes from its own buffers is not seen (git writes `packed-refs` so); the renaming that follows is.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

#define PAGE 4096
#define MOST_PROCESSES 500

struct shared {
  atomic_int calls;
  atomic_int has_fired;
  atomic_int process_count;
  atomic_int processes[MOST_PROCESSES];
};

_Static_assert(sizeof(struct shared) <= PAGE, "the counter is one page");

static struct shared *shared;
static const char *root, *counter, *trace;
static size_t root_length;
static int at, error_number, is_sticky, kills;

static void enlist(void) {
  int place = atomic_fetch_add(&shared->process_count, 1);
  if (place < MOST_PROCESSES) atomic_store(&shared->processes[place], (int)getpid());
}

__attribute__((constructor)) static void start(void) {
  root = getenv("LIGNE_FAULT_ROOT");
  counter = getenv("LIGNE_FAULT_COUNTER");
  trace = getenv("LIGNE_FAULT_TRACE");
  if (!root || !counter) return;
  root_length = strlen(root);
  const char *number = getenv("LIGNE_FAULT_AT"), *action = getenv("LIGNE_FAULT_ACTION");
  const char *sticky = getenv("LIGNE_FAULT_STICKY");
  at = number ? atoi(number) : 0;
  kills = action && strcmp(action, "kill") == 0;
  error_number = action && !kills ? atoi(action) : 0;
  is_sticky = sticky && strcmp(sticky, "1") == 0;
  int file = (int)syscall(SYS_openat, AT_FDCWD, counter, O_RDWR | O_CLOEXEC, 0);
  if (file < 0) return;
  void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (page == MAP_FAILED) return;
  shared = page;
  enlist();
  pthread_atfork(NULL, NULL, enlist);
}

// Whether a process of that number belongs to this run: numbers are used again.
static int is_ours(int process) {
  char name[64], bytes[32768];
  snprintf(name, sizeof name, "/proc/%d/environ", process);
  int file = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC, 0);
  if (file < 0) return 0;
  size_t count = 0;
  for (;;) {
    ssize_t got = syscall(SYS_read, file, bytes + count, sizeof bytes - count);
    if (got <= 0) break;
    count += (size_t)got;
  }
  syscall(SYS_close, file);
  return memmem(bytes, count, counter, strlen(counter)) != NULL;
}

static void kill_all(void) {
  int count = atomic_load(&shared->process_count), self = (int)getpid();
  for (int place = 0; place < count && place < MOST_PROCESSES; place++) {
    int process = atomic_load(&shared->processes[place]);
    if (process > 0 && process != self && is_ours(process)) kill(process, SIGKILL);
  }
  kill(self, SIGKILL);
  for (;;) pause();
}

static int is_below_root(const char *path) {
  return strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

// Writes the absolute path of a name below an open folder; 0 if there is none.
static int resolve(int folder, const char *name, char *path, size_t size) {
  if (!name) return 0;
  if (name[0] == '/') return snprintf(path, size, "%s", name) < (int)size;
  ssize_t length;
  if (folder == AT_FDCWD) {
    if (syscall(SYS_getcwd, path, size) <= 0) return 0;
    length = (ssize_t)strlen(path);
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    length = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
  }
  if (name[0] == 0) return 1;
  return snprintf(path + length, size - (size_t)length, "/%s", name) < (int)(size - (size_t)length);
}

// Returns the error the call has to answer with; 0 to carry it out.
static int count_call(const char *call, int folder, const char *name) {
  char path[4096];
  if (!shared || !resolve(folder, name, path, sizeof path) || !is_below_root(path)) return 0;
  int number = atomic_fetch_add(&shared->calls, 1) + 1;
  if (trace) {
    char line[5000];
    int length = snprintf(line, sizeof line, "%s %s\n", call, path + root_length);
    int file = (int)syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) {
      syscall(SYS_write, file, line, (size_t)length);
      syscall(SYS_close, file);
    }
  }
  if (at == 0 || number < at) return 0;
  if (number == at) {
    atomic_store(&shared->has_fired, 1);
    if (kills) kill_all();
    return error_number;
  }
  return is_sticky && !kills ? error_number : 0;
}

#define SPOIL(call, folder, name)                \
  do {                                           \
    int spoiled = count_call(call, folder, name); \
    if (spoiled) {                               \
      errno = spoiled;                           \
      return -1;                                 \
    }                                            \
  } while (0)

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define CHANGES(flags) ((flags) & (O_CREAT | O_TRUNC))

#define MODE_OF(flags, mode)               \
  mode_t mode = 0;                         \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
    va_list rest;                          \
    va_start(rest, flags);                 \
    mode = va_arg(rest, mode_t);           \
    va_end(rest);                          \
  }

int open(const char *path, int flags, ...) {
  MODE_OF(flags, mode)
  REAL(open);
  if (CHANGES(flags)) SPOIL("open", AT_FDCWD, path);
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE_OF(flags, mode)
  REAL(open64);
  if (CHANGES(flags)) SPOIL("open", AT_FDCWD, path);
  return real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  MODE_OF(flags, mode)
  REAL(openat);
  if (CHANGES(flags)) SPOIL("openat", folder, path);
  return real(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  MODE_OF(flags, mode)
  REAL(openat64);
  if (CHANGES(flags)) SPOIL("openat", folder, path);
  return real(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
  REAL(creat);
  SPOIL("creat", AT_FDCWD, path);
  return real(path, mode);
}

int creat64(const char *path, mode_t mode) {
  REAL(creat64);
  SPOIL("creat", AT_FDCWD, path);
  return real(path, mode);
}

int mkstemp(char *path) {
  REAL(mkstemp);
  SPOIL("mkstemp", AT_FDCWD, path);
  return real(path);
}

int mkstemp64(char *path) {
  REAL(mkstemp64);
  SPOIL("mkstemp", AT_FDCWD, path);
  return real(path);
}

ssize_t write(int file, const void *bytes, size_t count) {
  REAL(write);
  SPOIL("write", file, "");
  return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  SPOIL("pwrite", file, "");
  return real(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  SPOIL("pwrite", file, "");
  return real(file, bytes, count, offset);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(writev);
  SPOIL("writev", file, "");
  return real(file, parts, count);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  SPOIL("rename", AT_FDCWD, to);
  return real(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  REAL(renameat);
  SPOIL("renameat", to_folder, to);
  return real(from_folder, from, to_folder, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
  REAL(renameat2);
  SPOIL("renameat2", to_folder, to);
  return real(from_folder, from, to_folder, to, flags);
}

int link(const char *from, const char *to) {
  REAL(link);
  SPOIL("link", AT_FDCWD, to);
  return real(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  REAL(linkat);
  SPOIL("linkat", to_folder, to);
  return real(from_folder, from, to_folder, to, flags);
}

int symlink(const char *target, const char *path) {
  REAL(symlink);
  SPOIL("symlink", AT_FDCWD, path);
  return real(target, path);
}

int unlink(const char *path) {
  REAL(unlink);
  SPOIL("unlink", AT_FDCWD, path);
  return real(path);
}

int unlinkat(int folder, const char *path, int flags) {
  REAL(unlinkat);
  SPOIL("unlinkat", folder, path);
  return real(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  SPOIL("mkdir", AT_FDCWD, path);
  return real(path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) {
  REAL(mkdirat);
  SPOIL("mkdirat", folder, path);
  return real(folder, path, mode);
}

int rmdir(const char *path) {
  REAL(rmdir);
  SPOIL("rmdir", AT_FDCWD, path);
  return real(path);
}

int fsync(int file) {
  REAL(fsync);
  SPOIL("fsync", file, "");
  return real(file);
}

int sync_file_range(int file, off_t start, off_t count, unsigned int flags) {
  REAL(sync_file_range);
  SPOIL("sync_file_range", file, "");
  return real(file, start, count, flags);
}

int fdatasync(int file) {
  REAL(fdatasync);
  SPOIL("fdatasync", file, "");
  return real(file);
}

int ftruncate(int file, off_t length) {
  REAL(ftruncate);
  SPOIL("ftruncate", file, "");
  return real(file, length);
}

int ftruncate64(int file, off64_t length) {
  REAL(ftruncate64);
  SPOIL("ftruncate", file, "");
  return real(file, length);
}

int chmod(const char *path, mode_t mode) {
  REAL(chmod);
  SPOIL("chmod", AT_FDCWD, path);
  return real(path, mode);
}

int fchmod(int file, mode_t mode) {
  REAL(fchmod);
  SPOIL("fchmod", file, "");
  return real(file, mode);
}

int utime(const char *path, const struct utimbuf *times) {
  REAL(utime);
  SPOIL("utime", AT_FDCWD, path);
  return real(path, times);
}

int utimes(const char *path, const struct timeval times[2]) {
  REAL(utimes);
  SPOIL("utimes", AT_FDCWD, path);
  return real(path, times);
}
