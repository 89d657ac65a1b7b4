// Times how long `ligne` takes to answer, beside `git` for the same question in the same run.
//
//   measure-start LIGNE WORKSPACE [RUNS]
//
// The two are run in turn, so that a busy moment of the machine meets both, and the medians are compared. The size
// of the program on disk is printed beside git's.

import Glibc

struct Job {
  var name: String
  var ours: Command
  var git: Command
}

func median(_ times: [Duration]) -> Double {
  let sorted = times.map { Double($0.components.seconds) * 1e3 + Double($0.components.attoseconds) / 1e15 }
    .sorted()
  return sorted[sorted.count / 2]
}

func decimal(_ number: Double, _ digits: Int) -> String {
  let scale = pow(10.0, Double(digits))
  let whole = Int((number * scale).rounded())
  let unit = Int(scale)
  let fraction = String(whole % unit)
  return "\(whole / unit)." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
}

func column(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

func size(of path: String) -> Double? {
  var status = stat()
  return stat(path, &status) == 0 ? Double(status.st_size) / 1e6 : nil
}

func found(_ name: String) -> String? {
  guard let path = getenv("PATH") else { return nil }
  return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
}

func complain(_ text: String) {
  for byte in (text + "\n").utf8 { withUnsafeBytes(of: byte) { _ = write(STDERR_FILENO, $0.baseAddress, 1) } }
}

let words = CommandLine.arguments
guard words.count >= 3 else {
  complain("usage: measure-start LIGNE WORKSPACE [RUNS]")
  exit(64)
}
let (ligne, workspace) = (words[1], words[2])
guard chdir(workspace) == 0 else {
  complain("\(workspace) is no folder")
  exit(1)
}
let runs = words.count > 3 ? Int(words[3]) ?? 41 : 41

let jobs = [
  Job(
    name: "--version", ours: Command(words: [ligne, "--version"]),
    git: Command(words: ["git", "--version"])),
  Job(
    name: "status", ours: Command(words: [ligne, "status"]),
    git: Command(words: ["git", "status"])),
]

do {
  print("\(runs) runs each, in turn; medians in milliseconds")
  print("job        " + column("ligne", 9) + column("git", 9) + column("ratio", 9))
  for job in jobs {
    for _ in 0..<3 {
      _ = try job.ours.run()
      _ = try job.git.run()
    }
    var (ours, git): ([Duration], [Duration]) = ([], [])
    for _ in 0..<runs {
      ours.append(try job.ours.run())
      git.append(try job.git.run())
    }
    let (left, right) = (median(ours), median(git))
    let name = job.name + String(repeating: " ", count: max(0, 11 - job.name.count))
    print(
      name + column(decimal(left, 2), 9) + column(decimal(right, 2), 9) + column(decimal(left / right, 2), 9))
  }
  if let ours = size(of: ligne), let git = found("git").flatMap(size(of:)) {
    print(
      "size, MB   " + column(decimal(ours, 1), 9) + column(decimal(git, 1), 9)
        + column(decimal(ours / git, 2), 9))
  }
} catch {
  complain("\(error)")
  exit(1)
}
