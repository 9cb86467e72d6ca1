import Posts
import TestSupport
import Testing

@Suite struct SpellingTests {
  private let library: PostLibrary

  init() throws {
    library = try PostLibrary.holding([
      Post("gradient", title: "梯度", "The gradient descends. gradients."),
      Post("attention", title: "注意力", "Attention and gradient, sushi."),
      Post("momentum", title: "动量", "reparameterization of momentum"),
    ])
  }

  private func origins(_ query: String) throws -> [SearchResult.Origin] {
    try library.search(SearchQuery(query)).map(\.origin)
  }

  @Test(arguments: [
    ("gradeint", "gradient"), ("gradint", "gradient"), ("graddient", "gradient"),
    ("gradiemt", "gradient"), ("rgadient", "gradient"), ("atention", "attention"),
    ("reparametrisation", "reparameterization"), ("momentun", "momentum"),
  ])
  func `a slip leads to the word that was meant`(typed: String, meant: String) throws {
    #expect(try origins(typed + " ").first == .spelling(meant))
  }

  @Test func `only the word that no post has is changed`() throws {
    let results = try library.search(SearchQuery("attention gradeint "))
    #expect(results.map(\.post.slug.string) == ["attention"])
    #expect(results.map(\.origin) == [.spelling("attention gradient")])
  }

  @Test func `nothing is changed where the words are found`() throws {
    #expect(try origins("gradients ") == [.query])
    #expect(try origins("gradient ").allSatisfy { $0 == .query })
  }

  @Test func `short words and far ones are left alone`() throws {
    #expect(try origins("gr ").isEmpty)
    #expect(try origins("grdnt ").isEmpty)
  }

  @Test func `words of a post that is gone are no longer proposed`() throws {
    let library = try PostLibrary.holding([Post("a", "gradient"), Post("b", "momentum")])
    try LibraryWriter(library).replace { _ = try $0.remove(slug: "a") }
    #expect(try library.search(SearchQuery("gradeint ")).isEmpty)
    #expect(try library.search(SearchQuery("momentun ")).count == 1)
  }
}
