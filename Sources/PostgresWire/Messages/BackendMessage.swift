/// Everything a server can send in protocol 3.0.
///
/// Source: PostgreSQL 15, chapter 55.7 "Message Formats".
package enum BackendMessage: Equatable, Sendable {
  case authentication(Authentication)
  case negotiateProtocolVersion(NegotiateProtocolVersion)
  case parameterStatus(ParameterStatus)
  case backendKeyData(BackendKeyData)
  case readyForQuery(TransactionStatus)
  case rowDescription(RowDescription)
  case dataRow(DataRow)
  case commandComplete(CommandComplete)
  case emptyQueryResponse
  case errorResponse(PostgresError)
  case noticeResponse(PostgresError)
  case parseComplete
  case bindComplete
  case closeComplete
  case noData
  case portalSuspended
  case parameterDescription(ParameterDescription)
  case copyInResponse(CopyResponse)
  case copyOutResponse(CopyResponse)
  case copyBothResponse(CopyResponse)
  case copyData(CopyData)
  case copyDone
  case notificationResponse(NotificationResponse)
  case functionCallResponse(FunctionCallResponse)

  /// Appends the whole message.
  package func encode(into buffer: inout WireBuffer) {
    switch self {
    case .authentication(let message): message.encode(into: &buffer)
    case .negotiateProtocolVersion(let message): message.encode(into: &buffer)
    case .parameterStatus(let message): message.encode(into: &buffer)
    case .backendKeyData(let message): message.encode(into: &buffer)
    case .readyForQuery(let status): ReadyForQuery(status).encode(into: &buffer)
    case .rowDescription(let message): message.encode(into: &buffer)
    case .dataRow(let message): message.encode(into: &buffer)
    case .commandComplete(let message): message.encode(into: &buffer)
    case .emptyQueryResponse: Self.encodeEmpty("I", into: &buffer)
    case .errorResponse(let error): ErrorResponse(error).encode(into: &buffer)
    case .noticeResponse(let notice): NoticeResponse(notice).encode(into: &buffer)
    case .parseComplete: Self.encodeEmpty("1", into: &buffer)
    case .bindComplete: Self.encodeEmpty("2", into: &buffer)
    case .closeComplete: Self.encodeEmpty("3", into: &buffer)
    case .noData: Self.encodeEmpty("n", into: &buffer)
    case .portalSuspended: Self.encodeEmpty("s", into: &buffer)
    case .parameterDescription(let message): message.encode(into: &buffer)
    case .copyInResponse(let message), .copyOutResponse(let message), .copyBothResponse(let message):
      message.encode(into: &buffer)
    case .copyData(let message): message.encode(into: &buffer)
    case .copyDone: Self.encodeEmpty("c", into: &buffer)
    case .notificationResponse(let message): message.encode(into: &buffer)
    case .functionCallResponse(let message): message.encode(into: &buffer)
    }
  }

  private static func encodeEmpty(_ type: Unicode.Scalar, into buffer: inout WireBuffer) {
    buffer.append(UInt8(ascii: type))
    buffer.append(Int32(4))
  }
}
