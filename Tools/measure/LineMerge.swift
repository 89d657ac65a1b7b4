import CLibgit2

/// git's merge by lines, in this process: what `git merge-file` costs without the start of a program.
enum LineMerge {
  struct Failure: Error {}

  /// - Returns: Whether it was clean.
  static func merge(base: [UInt8], ours: [UInt8], theirs: [UInt8]) throws -> Bool {
    try input(base) { base in
      try input(ours) { ours in
        try input(theirs) { theirs in
          var result = git_merge_file_result()
          defer { git_merge_file_result_free(&result) }
          var (base, ours, theirs) = (base, ours, theirs)
          guard git_merge_file(&result, &base, &ours, &theirs, nil) == 0 else { throw Failure() }
          return result.automergeable != 0
        }
      }
    }
  }

  private static func input<Result>(
    _ bytes: [UInt8], _ body: (git_merge_file_input) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBytes { bytes in
      var input = git_merge_file_input()
      input.version = UInt32(GIT_MERGE_FILE_INPUT_VERSION)
      input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      input.size = bytes.count
      return try body(input)
    }
  }
}
