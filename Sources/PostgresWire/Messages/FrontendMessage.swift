/// Everything a client can send in protocol 3.0.
///
/// Source: PostgreSQL 15, chapter 55.7 "Message Formats".
package enum FrontendMessage: Equatable, Sendable {
  case startup(StartupMessage)
  case sslRequest
  case gssEncRequest
  case cancelRequest(CancelRequest)
  case password(PasswordMessage)
  case saslInitialResponse(SASLInitialResponse)
  case saslResponse(SASLResponse)
  case query(Query)
  case parse(Parse)
  case bind(Bind)
  case describe(Describe)
  case execute(Execute)
  case close(Close)
  case flush
  case sync
  case copyData(CopyData)
  case copyDone
  case copyFail(CopyFail)
  case functionCall(FunctionCall)
  case terminate

  /// The numbers that stand where a startup message has its version.
  package static let sslRequestCode: UInt32 = 80_877_103
  package static let gssEncRequestCode: UInt32 = 80_877_104

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    switch self {
    case .startup(let message): message.encode(into: &buffer)
    case .sslRequest: Self.encodeRequest(Self.sslRequestCode, into: &buffer)
    case .gssEncRequest: Self.encodeRequest(Self.gssEncRequestCode, into: &buffer)
    case .cancelRequest(let message): message.encode(into: &buffer)
    case .password(let message): message.encode(into: &buffer)
    case .saslInitialResponse(let message): message.encode(into: &buffer)
    case .saslResponse(let message): message.encode(into: &buffer)
    case .query(let message): message.encode(into: &buffer)
    case .parse(let message): message.encode(into: &buffer)
    case .bind(let message): message.encode(into: &buffer)
    case .describe(let message): message.encode(into: &buffer)
    case .execute(let message): message.encode(into: &buffer)
    case .close(let message): message.encode(into: &buffer)
    case .flush: buffer.appendMessage(UInt8(ascii: "H")) { _ in }
    case .sync: buffer.appendMessage(UInt8(ascii: "S")) { _ in }
    case .copyData(let message): message.encode(into: &buffer)
    case .copyDone: buffer.appendMessage(UInt8(ascii: "c")) { _ in }
    case .copyFail(let message): message.encode(into: &buffer)
    case .functionCall(let message): message.encode(into: &buffer)
    case .terminate: buffer.appendMessage(UInt8(ascii: "X")) { _ in }
    }
  }

  private static func encodeRequest(_ code: UInt32, into buffer: inout WireBuffer) {
    buffer.append(Int32(8))
    buffer.append(code)
  }
}
