/// What Describe and Close are about.
package enum DescribeTarget: Equatable, Sendable {
  /// A prepared statement; an empty name is the unnamed one.
  case statement(String)
  /// A portal; an empty name is the unnamed one.
  case portal(String)

  init(decoding body: inout WireReader, message: String) throws(WireError) {
    let kind = try body.read(UInt8.self)
    let name = try body.readCString()
    switch kind {
    case UInt8(ascii: "S"): self = .statement(name)
    case UInt8(ascii: "P"): self = .portal(name)
    default: throw .malformed("invalid \(message) message subtype \(kind)")
    }
  }

  func encode(into buffer: inout WireBuffer) {
    switch self {
    case .statement(let name):
      buffer.append(UInt8(ascii: "S"))
      buffer.append(cString: name)
    case .portal(let name):
      buffer.append(UInt8(ascii: "P"))
      buffer.append(cString: name)
    }
  }
}

/// Asks for the parameters and columns of a statement or the columns of a portal ('D').
package struct Describe: Equatable, Sendable {
  /// The type byte.
  package static let type = UInt8(ascii: "D")
  /// What to describe.
  package var target: DescribeTarget

  /// A question about `target`.
  package init(_ target: DescribeTarget) {
    self.target = target
  }

  /// Reads the body.
  package init(decoding body: inout WireReader) throws(WireError) {
    target = try DescribeTarget(decoding: &body, message: "DESCRIBE")
    try body.finish()
  }

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    buffer.appendMessage(Self.type) { target.encode(into: &$0) }
  }
}
