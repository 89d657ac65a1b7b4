import Glibc

/// Waiting for another program, always for a bounded time.
enum Pause {
  static func milliseconds(_ count: Int) {
    var request = timespec(tv_sec: count / 1000, tv_nsec: count % 1000 * 1_000_000)
    var rest = timespec()
    while nanosleep(&request, &rest) != 0 && errno == EINTR { request = rest }
  }
}
