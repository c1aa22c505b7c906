/// The command line of Martinet.
public enum Martinet {
  public static func main() {
    print("martinet")
  }
}
