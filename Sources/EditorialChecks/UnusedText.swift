import Documents
import JSONTree
import Wording

/// Texts that somebody wrote for one channel, and that nobody will see there, because the channel shows the shared text.
func unusedTextFindings(of documents: [Document]) -> [Finding] {
  documents.filter { $0.kind.name == Post.kind }.flatMap { document -> [Finding] in
    let post = Post(document.value)
    if ["cancelled", "archived"].contains(post.state) { return [] }
    return post.variants.compactMap { variant in
      guard !variant.diverges, let body = variant.value["body"]?.text,
        body.contains(where: { !$0.isWhitespace }), !body.utf8.elementsEqual(post.body.utf8)
      else { return nil }
      let place = JSONPointer([.key("variants"), .key(variant.channel)])
      return Finding(
        rule: "unused-text", level: .warning, in: document, at: place.appending(.key("body")),
        Sentence(
          fr: """
            Ce texte ne sort pas sur \(variant.channel) : la version y suit le texte commun.
            """,
          en: """
            This text does not go out on \(variant.channel): the version follows the shared text there.
            """))
    }
  }
}
