#ifndef LIGNE_CLIBGIT2_SHIM_H
#define LIGNE_CLIBGIT2_SHIM_H

#include <git2.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif
/* libgit2 is built on it. Objects in files of their own are unpacked without libgit2: see LooseObjects.swift. */
#include <zlib.h>

/* git_libgit2_opts takes variadic arguments, which Swift does not import: one wrapper per shape. */
static inline int ligne_git2_set_int(int option, int value) { return git_libgit2_opts(option, value); }
static inline int ligne_git2_set_cache_limit(git_object_t kind, size_t bytes) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, kind, bytes);
}
static inline int ligne_git2_set_cache_size(ssize_t bytes) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, bytes);
}
static inline int ligne_git2_set_search_path(int level, const char *path) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}
static inline int ligne_git2_set_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

/* sync_file_range(2) with SYNC_FILE_RANGE_WRITE, which glibc declares only for programs that ask for all of GNU. */
#if defined(__linux__) && defined(SYS_sync_file_range)
static inline void ligne_start_flushing(int file) { (void)syscall(SYS_sync_file_range, file, 0LL, 0LL, 2U); }
#else
static inline void ligne_start_flushing(int file) { (void)file; }
#endif

#endif
