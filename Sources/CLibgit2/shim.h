#ifndef LIGNE_CLIBGIT2_SHIM_H
#define LIGNE_CLIBGIT2_SHIM_H

#include <git2.h>
#include <sys/types.h>
/* libgit2 is built on it. Objects are read from files of their own, and written, without libgit2: see LooseObjects.swift
   and PackWriter.swift. */
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
#if defined(__linux__) && defined(__LP64__)
extern int sync_file_range(int file, off_t start, off_t count, unsigned int flags);
static inline int ligne_start_flushing(int file) { return sync_file_range(file, 0, 0, 2U); }
#else
static inline int ligne_start_flushing(int file) { (void)file; return 0; }
#endif

#endif
