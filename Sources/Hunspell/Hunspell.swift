import Subprocess
import SystemPackage

/// The `hunspell` program of this computer, which knows the words of the languages it has dictionaries for.
public struct Hunspell: Sendable {
  private let executable: FilePath
  private let environment: Environment
  /// Names of dictionaries, as hunspell lists them: `fr_CA`, `en_US`.
  public let dictionaries: Set<String>

  /// How long hunspell may take for one question of many words.
  private static let patience = Duration.seconds(60)
  /// Bytes of an answer.
  private static let outputLimit = 64 << 20
  /// A text with more unknown words than this is in another language; suggestions would take minutes.
  private static let suggestionLimit = 200

  /// Finds the program and asks which dictionaries it has.
  public static func find() async throws(HunspellError) -> Hunspell {
    // Words go in and come out in UTF-8 whatever the person's locale is; messages are read in English.
    let settings: [Environment.Key: String?] = ["LC_ALL": "C.UTF-8", "LANGUAGE": nil]
    let environment = Environment.inherit.updating(settings)
    let executable: FilePath
    do {
      executable = try await Executable.name("hunspell").resolveExecutablePath(in: environment)
    } catch {
      throw .missingProgram
    }
    // It lists them on standard error, and then wants a dictionary for the locale, which need not be there.
    let answer = try await run(executable, ["-D"], "", environment)
    return Hunspell(
      executable: executable, environment: environment, dictionaries: dictionaries(listed: answer.messages))
  }

  /// The words that the dictionary of a language does not know, each with what may have been meant.
  ///
  /// - Parameters:
  ///   - words: Without spaces and line ends.
  ///   - language: A BCP 47 tag: `fr-CA` takes `fr_CA`, or else another French.
  public func unknown(_ words: some Sequence<String>, language: String) async throws(HunspellError)
    -> [String: [String]]
  {
    guard let dictionary = dictionary(for: language) else { throw .missingDictionary(language: language) }
    let words = Set(words).filter { !$0.isEmpty && !$0.contains(where: \.isWhitespace) }.sorted()
    guard !words.isEmpty else { return [:] }
    // -L gives back each line with an unknown word, and looks for no suggestions, which take far longer.
    let unknown = try await ask(["-L"], dictionary, words).filter { !$0.isEmpty }
    var result = Dictionary(unknown.map { ($0, [String]()) }) { first, _ in first }
    let asked = unknown.prefix(Self.suggestionLimit)
    guard !asked.isEmpty else { return result }
    // A circumflex before a line says that it is words, and no command to hunspell.
    for line in try await ask(["-a"], dictionary, asked.map { "^\($0)" }) {
      guard let (word, suggestions) = Self.suggestions(in: line), result[word] != nil else { continue }
      result[word] = suggestions
    }
    return result
  }

  /// The dictionary for a language: of its country, of the language alone, or of another country of it.
  public func dictionary(for language: String) -> String? {
    let parts = language.split(separator: "-")
    guard let tongue = parts.first else { return nil }
    let own = parts.count > 1 ? "\(tongue)_\(parts[parts.count - 1])" : String(tongue)
    if dictionaries.contains(own) { return own }
    if dictionaries.contains(String(tongue)) { return String(tongue) }
    return dictionaries.filter { $0.hasPrefix("\(tongue)_") }.min()
  }

  private func ask(_ options: [String], _ dictionary: String, _ lines: [String]) async throws(HunspellError)
    -> [String]
  {
    let answer = try await Self.run(
      executable, ["-i", "utf-8", "-d", dictionary] + options, lines.joined(separator: "\n") + "\n",
      environment)
    guard answer.status == 0 else { throw .stopped(answer.messages) }
    return answer.output.split(separator: "\n").map(String.init)
  }

  /// `/usr/share/hunspell/fr_CA`, one a line.
  private static func dictionaries(listed text: String) -> Set<String> {
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("/") && !$0.contains(":") }
    return Set(lines.compactMap { $0.split(separator: "/").last.map(String.init) })
  }

  /// `& mot 2 0: mont, mort`.
  ///
  /// Source: `hunspell(1)`, the format of ispell.
  private static func suggestions(in line: String) -> (word: String, suggestions: [String])? {
    guard line.hasPrefix("& "), let colon = line.firstIndex(of: ":") else { return nil }
    guard let word = line[..<colon].split(separator: " ").dropFirst().first else { return nil }
    let suggestions = line[line.index(after: colon)...].split(separator: ",").map { part in
      String(part.drop { $0 == " " })
    }
    return (String(word), suggestions)
  }

  // MARK: - Running

  private struct Answer {
    var status: Int32
    var output: String
    var messages: String
  }

  private static func run(
    _ executable: FilePath, _ arguments: [String], _ input: String, _ environment: Environment
  ) async throws(HunspellError) -> Answer {
    let running = Task {
      try await Subprocess.run(
        .path(executable), arguments: Arguments(arguments), environment: environment, input: .string(input),
        output: .string(limit: outputLimit), error: .string(limit: 1 << 20))
    }
    // A cancelled run ends its program.
    let guardian = Task {
      try await Task.sleep(for: patience)
      running.cancel()
    }
    defer { guardian.cancel() }
    do {
      let result = try await running.value
      guard case .exited(let status) = result.terminationStatus else { throw HunspellError.stopped("") }
      return Answer(
        status: status, output: result.standardOutput, messages: result.standardError)
    } catch let error as HunspellError {
      throw error
    } catch {
      throw running.isCancelled ? .silent : .stopped("\(error)")
    }
  }
}
