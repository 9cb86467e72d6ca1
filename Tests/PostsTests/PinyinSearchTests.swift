import Foundation
import Posts
import Testing

/// Words typed without an input method, with a small table instead of the shipped one.
@Suite struct PinyinSearchTests {
  private let folder: TemporaryFolder
  private let library: PostLibrary

  init() throws {
    folder = try TemporaryFolder()
    try Data(
      """
      # syllable, ideographs
      kuo 扩括
      san 散三
      mo 模
      xing 型行
      hang 行
      yin 银因
      chang 长
      zhang 长
      du 度
      lve 略
      ce 策
      sheng 生
      zhu 注
      yi 意以
      li 力

      """.utf8
    ).write(to: folder.url.appending(path: "pinyin.txt"))
    try Data("扩散模型 = diffusion model\n".utf8)
      .write(to: folder.url.appending(path: "aliases.txt"))
    library = try PostLibrary.inMemory(aids: SearchAids(folder: folder.url.path))
    let posts = [
      try Post("ddpm", title: "扩散模型", date: "2026-01-03", "正文。"),
      try Post("bank", title: "银行的长度", date: "2026-01-02", "The diffusion model."),
      try Post("policy", title: "策略", date: "2026-01-01", tags: ["注意力"], "生长"),
    ]
    try LibraryWriter(library).replace { transaction in
      for post in posts { try transaction.put(LibraryEntry(post)) }
    }
  }

  private func first(_ query: String) throws -> SearchResult? {
    try library.search(SearchQuery(query)).first
  }

  @Test(arguments: [
    ("kuosan", "扩散", "ddpm"), ("kuosanmoxing", "扩散模型", "ddpm"), ("kuo san", "扩散", "ddpm"),
    ("yinhang", "银行", "bank"), ("changdu", "长度", "bank"), ("celve", "策略", "policy"),
    ("celue", "策略", "policy"), ("zhuyili", "注意力", "policy"), ("zyl", "注意力", "policy"),
    ("ks", "扩散", "ddpm"), ("kuosa", "扩散", "ddpm"),
  ])
  func `finds words by how they are read`(typed: String, word: String, slug: String) throws {
    let result = try #require(try first(typed))
    #expect(result.origin == .pinyin(word))
    #expect(result.post.slug.string == slug)
  }

  @Test func `one letter finds no ideographs`() throws {
    for letter in "abcdefghijklmnopqrstuvwxyz" {
      #expect(try library.search(SearchQuery(String(letter))).allSatisfy { $0.origin == .query })
    }
  }

  @Test func `another name is found too, below and labelled`() throws {
    let chinese = try library.search(SearchQuery("扩散模型"))
    #expect(chinese.map(\.post.slug.string) == ["ddpm", "bank"])
    #expect(chinese.map(\.origin) == [.query, .alias("diffusion model")])
    let english = try library.search(SearchQuery("diffusion model"))
    #expect(english.map(\.origin) == [.query, .alias("扩散模型")])
  }

  @Test func `where nothing has all words some are enough`() throws {
    let results = try library.search(SearchQuery("扩散策略"))
    #expect(results.map(\.origin) == [.anyWord, .anyWord])
    #expect(Set(results.map(\.post.slug.string)) == ["ddpm", "policy"])
    #expect(try library.search(SearchQuery("不曾有")).isEmpty)
  }
}
