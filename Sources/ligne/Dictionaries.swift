import EditorialChecks
import Hunspell
import Wording

extension Session {
  /// Asks the dictionaries of this computer about words, by language.
  ///
  /// What is missing is said, and the others are asked all the same. Nothing is asked, and nothing is missing, where no
  /// line wants spelling.
  func spelling(_ questions: [String: Set<String>]) async -> SpellingAnswers {
    var unknown: [String: [String: [String]]] = [:]
    func miss(_ error: HunspellError) {
      output.remark(error.message, .attention)
      if let hint = error.hint { output.remark(hint) }
    }
    if !questions.isEmpty {
      do throws(HunspellError) {
        let hunspell = try await Hunspell.find()
        for (language, words) in questions.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        {
          do throws(HunspellError) {
            unknown[language] = try await hunspell.unknown(words, language: language)
          } catch {
            miss(error)
          }
        }
      } catch {
        miss(error)
      }
    }
    return SpellingAnswers(unknown: unknown)
  }
}
