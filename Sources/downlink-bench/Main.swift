/// The program's benchmarks: the table of `make bench`.
@main
struct Main {
  static func main() {}
}
