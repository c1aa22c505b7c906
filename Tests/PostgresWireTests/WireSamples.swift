import PostgresWire

/// One of every message, with the fields that can be empty both empty and full.
enum WireSamples {
  static let frontend: [FrontendMessage] = [
    .query(Query("select 1; -- é")), .query(Query("")),
    .parse(Parse(name: "s1", text: "select $1", parameterTypes: [23, 0])), .parse(Parse(text: "x")),
    .bind(
      Bind(
        portal: "p", statement: "s1", parameterFormats: [.text, .binary, .text],
        parameters: WireValues([[1, 2, 3], nil, []]), resultFormats: [.binary])),
    .bind(Bind()), .describe(Describe(.statement("s1"))), .describe(Describe(.portal(""))),
    .execute(Execute(portal: "p", maximumRows: 50)), .close(Close(.statement(""))),
    .close(Close(.portal("p"))),
    .flush, .sync, .copyData(CopyData([1, 2, 3, 0, 255])), .copyData(CopyData([])), .copyDone,
    .copyFail(CopyFail("because")),
    .functionCall(FunctionCall(function: 7, arguments: WireValues([[1], nil]), resultFormat: .binary)),
    .terminate,
  ]

  static let startup: [FrontendMessage] = [
    .startup(StartupMessage(parameters: [.init("user", "ada"), .init("database", "lake")])),
    .sslRequest, .gssEncRequest, .cancelRequest(CancelRequest(processID: 17, secretKey: -3)),
  ]

  static let backend: [BackendMessage] = [
    .authentication(.ok), .authentication(.cleartextPassword),
    .authentication(.md5Password(salt: [1, 2, 3, 4])),
    .authentication(.sasl(mechanisms: ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"])),
    .authentication(.saslContinue([1, 2])), .authentication(.saslFinal([])),
    .negotiateProtocolVersion(NegotiateProtocolVersion(newestMinor: 0, unrecognizedOptions: ["_pq_.x"])),
    .parameterStatus(ParameterStatus("TimeZone", "UTC")),
    .backendKeyData(BackendKeyData(processID: 1, secretKey: 2)), .readyForQuery(.idle),
    .readyForQuery(.inTransaction), .readyForQuery(.failed),
    .rowDescription(
      RowDescription([
        FieldDescription(name: "a", typeOID: 23, typeSize: 4),
        FieldDescription(
          name: "é", tableOID: 9, columnNumber: 2, typeOID: 1700, typeSize: -1, typeModifier: 8,
          format: .binary),
      ])), .rowDescription(RowDescription([])), .dataRow(DataRow(texts: ["1", nil, ""])),
    .dataRow(DataRow(WireValues())), .commandComplete(CommandComplete("SELECT 1")), .emptyQueryResponse,
    .errorResponse(fullError), .noticeResponse(PostgresError(severity: .notice, .warning, "careful")),
    .parseComplete, .bindComplete, .closeComplete, .noData, .portalSuspended,
    .parameterDescription(ParameterDescription([23, 25])),
    .copyInResponse(CopyResponse(.copyIn, format: .text, columnCount: 3)),
    .copyOutResponse(CopyResponse(.copyOut, format: .binary, columnCount: 0)),
    .copyBothResponse(CopyResponse(.both, format: .text, columnCount: 1)), .copyData(CopyData([9])),
    .copyDone,
    .notificationResponse(NotificationResponse(processID: 5, channel: "c", payload: "")),
    .functionCallResponse(FunctionCallResponse(nil)), .functionCallResponse(FunctionCallResponse([])),
  ]

  static var fullError: PostgresError {
    var error = PostgresError(
      .undefinedColumn, "column \"x\" does not exist", detail: "d", hint: "h", position: 8, context: "w")
    error.internalPosition = 3
    error.internalQuery = "q"
    error.schema = "s"
    error.table = "t"
    error.column = "c"
    error.dataType = "y"
    error.constraint = "n"
    error.file = "f"
    error.line = 1
    error.routine = "r"
    return error
  }

  /// The bytes of messages one after another.
  static func bytes(_ messages: [FrontendMessage]) -> [UInt8] {
    var buffer = WireBuffer()
    for message in messages { message.encode(into: &buffer) }
    return buffer.bytes
  }

  /// The bytes of messages one after another.
  static func bytes(_ messages: [BackendMessage]) -> [UInt8] {
    var buffer = WireBuffer()
    for message in messages { message.encode(into: &buffer) }
    return buffer.bytes
  }
}
