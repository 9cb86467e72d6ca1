/// The program's entry: subcommands and wiring.
@main
struct Main {
  static func main() {}
}
