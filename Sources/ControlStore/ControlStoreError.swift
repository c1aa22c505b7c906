/// An error of the control store: what kind it is and a sentence for a person.
package struct ControlStoreError: Error, CustomStringConvertible {
  package enum Code: Sendable {
    /// The file is no SQLite database, or is damaged.
    case corrupt
    /// A newer version of the program wrote the file.
    case newerSchema
    /// The file or its folder cannot be opened or written.
    case cannotOpen
    /// Another process holds the file for too long.
    case busy
    /// There is no room left to write.
    case full
    /// Something of that name exists.
    case alreadyExists
    /// Nothing of that name exists.
    case notFound
    /// A name or value that cannot be stored.
    case invalid
    /// SQLite failed for another reason.
    case other
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
