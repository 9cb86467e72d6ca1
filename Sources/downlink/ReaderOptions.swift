import ArgumentParser
import Reader
import Typesetting

/// The options of the reader, which go before the settings file.
struct ReaderOptions: ParsableArguments {
  @Option(help: "Colours for a dark or a light terminal; by default as the terminal says.")
  var theme: Theme.Background?

  @Option(help: "Language of the interface; by default that of the locale.")
  var lang: Language?

  @OptionGroup var appearance: AppearanceOptions
}

extension Theme.Background: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
