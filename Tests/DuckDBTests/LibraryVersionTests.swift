import DuckDB
import Testing

@Suite struct LibraryVersionTests {
  @Test func theLinkedLibraryIsTheSupportedOne() throws {
    #expect(libraryVersion() == supportedLibraryVersion)
    try checkLibraryVersion()
  }
}
