import Posts

/// Opens the library, and makes it from the shipped posts on the first start.
struct LibraryAccess {
  let settings: Settings

  init(_ settings: Settings) {
    self.settings = settings
  }

  func open() throws -> PostLibrary {
    try PostLibrary(at: settings.library)
  }
}
