import DemoKit
import Images
package import Posts

extension ReaderServices {
  /// The services of a library, a reader's state, and demos in processes of their own.
  package init(
    library: PostLibrary, state: ReaderState, demos: DemoProcess, environment: [String: String]
  ) {
    let images = ImageProcess()
    let guests = GuestProgram(environment: environment)
    let files = UserFile(home: environment["HOME"])
    self.init(
      posts: { (try library.summaries(), try state.states()) },
      post: { slug in
        let loaded = try library.post(slug)
        return OpenedPost(
          post: loaded.post, marks: try state.marks(in: slug),
          backlinks: try library.posts(linkingTo: slug), images: try library.images(of: slug),
          notice: loaded.notice)
      },
      image: { slug, name in
        guard let bytes = try? library.image(name, of: slug) else { return .failure(.damaged) }
        return await images.raster(of: bytes)
      },
      search: { try library.search($0) },
      interruptSearch: { library.interrupt() },
      remember: { try state.apply($0) },
      searches: { try state.searches() },
      save: { try files.write($0, to: $1) },
      host: { try await guests.run($0) },
      lastRun: { try state.lastRun(of: $0.string) },
      startDemo: { demos.start($0, deliver: $1) })
  }
}
