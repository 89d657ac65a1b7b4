#ifndef LIGNE_CLIBGIT2_SHIM_H
#define LIGNE_CLIBGIT2_SHIM_H

#include <git2.h>
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

#endif
