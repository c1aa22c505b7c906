// Every condition of PostgreSQL 15 (appendix A of its documentation), class by class.

extension SQLState {
  // Class 00 - Successful Completion
  package static let successfulCompletion = SQLState(unchecked: "00000")

  // Class 01 - Warning
  package static let warning = SQLState(unchecked: "01000")
  package static let dynamicResultSetsReturned = SQLState(unchecked: "0100C")
  package static let implicitZeroBitPadding = SQLState(unchecked: "01008")
  package static let nullValueEliminatedInSetFunction = SQLState(unchecked: "01003")
  package static let privilegeNotGranted = SQLState(unchecked: "01007")
  package static let privilegeNotRevoked = SQLState(unchecked: "01006")
  package static let warningStringDataRightTruncation = SQLState(unchecked: "01004")
  package static let deprecatedFeature = SQLState(unchecked: "01P01")

  // Class 02 - No Data (this is also a warning class per the SQL standard)
  package static let noData = SQLState(unchecked: "02000")
  package static let noAdditionalDynamicResultSetsReturned = SQLState(unchecked: "02001")

  // Class 03 - SQL Statement Not Yet Complete
  package static let sqlStatementNotYetComplete = SQLState(unchecked: "03000")

  // Class 08 - Connection Exception
  package static let connectionException = SQLState(unchecked: "08000")
  package static let connectionDoesNotExist = SQLState(unchecked: "08003")
  package static let connectionFailure = SQLState(unchecked: "08006")
  package static let sqlClientUnableToEstablishSQLConnection = SQLState(unchecked: "08001")
  package static let sqlServerRejectedEstablishmentOfSQLConnection = SQLState(unchecked: "08004")
  package static let transactionResolutionUnknown = SQLState(unchecked: "08007")
  package static let protocolViolation = SQLState(unchecked: "08P01")

  // Class 09 - Triggered Action Exception
  package static let triggeredActionException = SQLState(unchecked: "09000")

  // Class 0A - Feature Not Supported
  package static let featureNotSupported = SQLState(unchecked: "0A000")

  // Class 0B - Invalid Transaction Initiation
  package static let invalidTransactionInitiation = SQLState(unchecked: "0B000")

  // Class 0F - Locator Exception
  package static let locatorException = SQLState(unchecked: "0F000")
  package static let invalidLocatorSpecification = SQLState(unchecked: "0F001")

  // Class 0L - Invalid Grantor
  package static let invalidGrantor = SQLState(unchecked: "0L000")
  package static let invalidGrantOperation = SQLState(unchecked: "0LP01")

  // Class 0P - Invalid Role Specification
  package static let invalidRoleSpecification = SQLState(unchecked: "0P000")

  // Class 0Z - Diagnostics Exception
  package static let diagnosticsException = SQLState(unchecked: "0Z000")
  package static let stackedDiagnosticsAccessedWithoutActiveHandler = SQLState(unchecked: "0Z002")

  // Class 20 - Case Not Found
  package static let caseNotFound = SQLState(unchecked: "20000")

  // Class 21 - Cardinality Violation
  package static let cardinalityViolation = SQLState(unchecked: "21000")

  // Class 22 - Data Exception
  package static let dataException = SQLState(unchecked: "22000")
  package static let arrayElementError = SQLState(unchecked: "2202E")
  package static let arraySubscriptError = SQLState(unchecked: "2202E")
  package static let characterNotInRepertoire = SQLState(unchecked: "22021")
  package static let datetimeFieldOverflow = SQLState(unchecked: "22008")
  package static let datetimeValueOutOfRange = SQLState(unchecked: "22008")
  package static let divisionByZero = SQLState(unchecked: "22012")
  package static let errorInAssignment = SQLState(unchecked: "22005")
  package static let escapeCharacterConflict = SQLState(unchecked: "2200B")
  package static let indicatorOverflow = SQLState(unchecked: "22022")
  package static let intervalFieldOverflow = SQLState(unchecked: "22015")
  package static let invalidArgumentForLogarithm = SQLState(unchecked: "2201E")
  package static let invalidArgumentForNtileFunction = SQLState(unchecked: "22014")
  package static let invalidArgumentForNthValueFunction = SQLState(unchecked: "22016")
  package static let invalidArgumentForPowerFunction = SQLState(unchecked: "2201F")
  package static let invalidArgumentForWidthBucketFunction = SQLState(unchecked: "2201G")
  package static let invalidCharacterValueForCast = SQLState(unchecked: "22018")
  package static let invalidDatetimeFormat = SQLState(unchecked: "22007")
  package static let invalidEscapeCharacter = SQLState(unchecked: "22019")
  package static let invalidEscapeOctet = SQLState(unchecked: "2200D")
  package static let invalidEscapeSequence = SQLState(unchecked: "22025")
  package static let nonstandardUseOfEscapeCharacter = SQLState(unchecked: "22P06")
  package static let invalidIndicatorParameterValue = SQLState(unchecked: "22010")
  package static let invalidParameterValue = SQLState(unchecked: "22023")
  package static let invalidPrecedingOrFollowingSize = SQLState(unchecked: "22013")
  package static let invalidRegularExpression = SQLState(unchecked: "2201B")
  package static let invalidRowCountInLimitClause = SQLState(unchecked: "2201W")
  package static let invalidRowCountInResultOffsetClause = SQLState(unchecked: "2201X")
  package static let invalidTablesampleArgument = SQLState(unchecked: "2202H")
  package static let invalidTablesampleRepeat = SQLState(unchecked: "2202G")
  package static let invalidTimeZoneDisplacementValue = SQLState(unchecked: "22009")
  package static let invalidUseOfEscapeCharacter = SQLState(unchecked: "2200C")
  package static let mostSpecificTypeMismatch = SQLState(unchecked: "2200G")
  package static let nullValueNotAllowed = SQLState(unchecked: "22004")
  package static let nullValueNoIndicatorParameter = SQLState(unchecked: "22002")
  package static let numericValueOutOfRange = SQLState(unchecked: "22003")
  package static let sequenceGeneratorLimitExceeded = SQLState(unchecked: "2200H")
  package static let stringDataLengthMismatch = SQLState(unchecked: "22026")
  package static let stringDataRightTruncation = SQLState(unchecked: "22001")
  package static let substringError = SQLState(unchecked: "22011")
  package static let trimError = SQLState(unchecked: "22027")
  package static let unterminatedCString = SQLState(unchecked: "22024")
  package static let zeroLengthCharacterString = SQLState(unchecked: "2200F")
  package static let floatingPointException = SQLState(unchecked: "22P01")
  package static let invalidTextRepresentation = SQLState(unchecked: "22P02")
  package static let invalidBinaryRepresentation = SQLState(unchecked: "22P03")
  package static let badCopyFileFormat = SQLState(unchecked: "22P04")
  package static let untranslatableCharacter = SQLState(unchecked: "22P05")
  package static let datumVersionMismatch = SQLState(unchecked: "22P07")
  package static let notAnXMLDocument = SQLState(unchecked: "2200L")
  package static let invalidXMLDocument = SQLState(unchecked: "2200M")
  package static let invalidXMLContent = SQLState(unchecked: "2200N")
  package static let invalidXMLComment = SQLState(unchecked: "2200S")
  package static let invalidXMLProcessingInstruction = SQLState(unchecked: "2200T")
  package static let duplicateJSONObjectKeyValue = SQLState(unchecked: "22030")
  package static let invalidArgumentForSQLJSONDatetimeFunction = SQLState(unchecked: "22031")
  package static let invalidJSONText = SQLState(unchecked: "22032")
  package static let invalidSQLJSONSubscript = SQLState(unchecked: "22033")
  package static let moreThanOneSQLJSONItem = SQLState(unchecked: "22034")
  package static let noSQLJSONItem = SQLState(unchecked: "22035")
  package static let nonNumericSQLJSONItem = SQLState(unchecked: "22036")
  package static let nonUniqueKeysInAJSONObject = SQLState(unchecked: "22037")
  package static let singletonSQLJSONItemRequired = SQLState(unchecked: "22038")
  package static let sqlJSONArrayNotFound = SQLState(unchecked: "22039")
  package static let sqlJSONMemberNotFound = SQLState(unchecked: "2203A")
  package static let sqlJSONNumberNotFound = SQLState(unchecked: "2203B")
  package static let sqlJSONObjectNotFound = SQLState(unchecked: "2203C")
  package static let tooManyJSONArrayElements = SQLState(unchecked: "2203D")
  package static let tooManyJSONObjectMembers = SQLState(unchecked: "2203E")
  package static let sqlJSONScalarRequired = SQLState(unchecked: "2203F")
  package static let sqlJSONItemCannotBeCastToTargetType = SQLState(unchecked: "2203G")

  // Class 23 - Integrity Constraint Violation
  package static let integrityConstraintViolation = SQLState(unchecked: "23000")
  package static let restrictViolation = SQLState(unchecked: "23001")
  package static let notNullViolation = SQLState(unchecked: "23502")
  package static let foreignKeyViolation = SQLState(unchecked: "23503")
  package static let uniqueViolation = SQLState(unchecked: "23505")
  package static let checkViolation = SQLState(unchecked: "23514")
  package static let exclusionViolation = SQLState(unchecked: "23P01")

  // Class 24 - Invalid Cursor State
  // swift-format-ignore: DontRepeatTypeInStaticProperties
  package static let invalidCursorState = SQLState(unchecked: "24000")

  // Class 25 - Invalid Transaction State
  // swift-format-ignore: DontRepeatTypeInStaticProperties
  package static let invalidTransactionState = SQLState(unchecked: "25000")
  package static let activeSQLTransaction = SQLState(unchecked: "25001")
  package static let branchTransactionAlreadyActive = SQLState(unchecked: "25002")
  package static let heldCursorRequiresSameIsolationLevel = SQLState(unchecked: "25008")
  package static let inappropriateAccessModeForBranchTransaction = SQLState(unchecked: "25003")
  package static let inappropriateIsolationLevelForBranchTransaction = SQLState(unchecked: "25004")
  package static let noActiveSQLTransactionForBranchTransaction = SQLState(unchecked: "25005")
  package static let readOnlySQLTransaction = SQLState(unchecked: "25006")
  package static let schemaAndDataStatementMixingNotSupported = SQLState(unchecked: "25007")
  package static let noActiveSQLTransaction = SQLState(unchecked: "25P01")
  package static let inFailedSQLTransaction = SQLState(unchecked: "25P02")
  package static let idleInTransactionSessionTimeout = SQLState(unchecked: "25P03")

  // Class 26 - Invalid SQL Statement Name
  package static let invalidSQLStatementName = SQLState(unchecked: "26000")

  // Class 27 - Triggered Data Change Violation
  package static let triggeredDataChangeViolation = SQLState(unchecked: "27000")

  // Class 28 - Invalid Authorization Specification
  package static let invalidAuthorizationSpecification = SQLState(unchecked: "28000")
  package static let invalidPassword = SQLState(unchecked: "28P01")

  // Class 2B - Dependent Privilege Descriptors Still Exist
  package static let dependentPrivilegeDescriptorsStillExist = SQLState(unchecked: "2B000")
  package static let dependentObjectsStillExist = SQLState(unchecked: "2BP01")

  // Class 2D - Invalid Transaction Termination
  package static let invalidTransactionTermination = SQLState(unchecked: "2D000")

  // Class 2F - SQL Routine Exception
  package static let sqlRoutineException = SQLState(unchecked: "2F000")
  package static let functionExecutedNoReturnStatement = SQLState(unchecked: "2F005")
  package static let modifyingSQLDataNotPermitted = SQLState(unchecked: "2F002")
  package static let prohibitedSQLStatementAttempted = SQLState(unchecked: "2F003")
  package static let readingSQLDataNotPermitted = SQLState(unchecked: "2F004")

  // Class 34 - Invalid Cursor Name
  package static let invalidCursorName = SQLState(unchecked: "34000")

  // Class 38 - External Routine Exception
  package static let externalRoutineException = SQLState(unchecked: "38000")
  package static let containingSQLNotPermitted = SQLState(unchecked: "38001")
  package static let externalRoutineModifyingSQLDataNotPermitted = SQLState(unchecked: "38002")
  package static let externalRoutineProhibitedSQLStatementAttempted = SQLState(unchecked: "38003")
  package static let externalRoutineReadingSQLDataNotPermitted = SQLState(unchecked: "38004")

  // Class 39 - External Routine Invocation Exception
  package static let externalRoutineInvocationException = SQLState(unchecked: "39000")
  package static let invalidSQLStateReturned = SQLState(unchecked: "39001")
  package static let externalRoutineNullValueNotAllowed = SQLState(unchecked: "39004")
  package static let triggerProtocolViolated = SQLState(unchecked: "39P01")
  package static let srfProtocolViolated = SQLState(unchecked: "39P02")
  package static let eventTriggerProtocolViolated = SQLState(unchecked: "39P03")

  // Class 3B - Savepoint Exception
  package static let savepointException = SQLState(unchecked: "3B000")
  package static let invalidSavepointSpecification = SQLState(unchecked: "3B001")

  // Class 3D - Invalid Catalog Name
  package static let invalidCatalogName = SQLState(unchecked: "3D000")

  // Class 3F - Invalid Schema Name
  package static let invalidSchemaName = SQLState(unchecked: "3F000")

  // Class 40 - Transaction Rollback
  package static let transactionRollback = SQLState(unchecked: "40000")
  package static let transactionIntegrityConstraintViolation = SQLState(unchecked: "40002")
  package static let serializationFailure = SQLState(unchecked: "40001")
  package static let statementCompletionUnknown = SQLState(unchecked: "40003")
  package static let deadlockDetected = SQLState(unchecked: "40P01")

  // Class 42 - Syntax Error or Access Rule Violation
  package static let syntaxErrorOrAccessRuleViolation = SQLState(unchecked: "42000")
  package static let syntaxError = SQLState(unchecked: "42601")
  package static let insufficientPrivilege = SQLState(unchecked: "42501")
  package static let cannotCoerce = SQLState(unchecked: "42846")
  package static let groupingError = SQLState(unchecked: "42803")
  package static let windowingError = SQLState(unchecked: "42P20")
  package static let invalidRecursion = SQLState(unchecked: "42P19")
  package static let invalidForeignKey = SQLState(unchecked: "42830")
  package static let invalidName = SQLState(unchecked: "42602")
  package static let nameTooLong = SQLState(unchecked: "42622")
  package static let reservedName = SQLState(unchecked: "42939")
  package static let datatypeMismatch = SQLState(unchecked: "42804")
  package static let indeterminateDatatype = SQLState(unchecked: "42P18")
  package static let collationMismatch = SQLState(unchecked: "42P21")
  package static let indeterminateCollation = SQLState(unchecked: "42P22")
  package static let wrongObjectType = SQLState(unchecked: "42809")
  package static let generatedAlways = SQLState(unchecked: "428C9")
  package static let undefinedColumn = SQLState(unchecked: "42703")
  package static let undefinedCursor = SQLState(unchecked: "34000")
  package static let undefinedDatabase = SQLState(unchecked: "3D000")
  package static let undefinedFunction = SQLState(unchecked: "42883")
  package static let undefinedPreparedStatement = SQLState(unchecked: "26000")
  package static let undefinedSchema = SQLState(unchecked: "3F000")
  package static let undefinedTable = SQLState(unchecked: "42P01")
  package static let undefinedParameter = SQLState(unchecked: "42P02")
  package static let undefinedObject = SQLState(unchecked: "42704")
  package static let duplicateColumn = SQLState(unchecked: "42701")
  package static let duplicateCursor = SQLState(unchecked: "42P03")
  package static let duplicateDatabase = SQLState(unchecked: "42P04")
  package static let duplicateFunction = SQLState(unchecked: "42723")
  package static let duplicatePreparedStatement = SQLState(unchecked: "42P05")
  package static let duplicateSchema = SQLState(unchecked: "42P06")
  package static let duplicateTable = SQLState(unchecked: "42P07")
  package static let duplicateAlias = SQLState(unchecked: "42712")
  package static let duplicateObject = SQLState(unchecked: "42710")
  package static let ambiguousColumn = SQLState(unchecked: "42702")
  package static let ambiguousFunction = SQLState(unchecked: "42725")
  package static let ambiguousParameter = SQLState(unchecked: "42P08")
  package static let ambiguousAlias = SQLState(unchecked: "42P09")
  package static let invalidColumnReference = SQLState(unchecked: "42P10")
  package static let invalidColumnDefinition = SQLState(unchecked: "42611")
  package static let invalidCursorDefinition = SQLState(unchecked: "42P11")
  package static let invalidDatabaseDefinition = SQLState(unchecked: "42P12")
  package static let invalidFunctionDefinition = SQLState(unchecked: "42P13")
  package static let invalidPreparedStatementDefinition = SQLState(unchecked: "42P14")
  package static let invalidSchemaDefinition = SQLState(unchecked: "42P15")
  package static let invalidTableDefinition = SQLState(unchecked: "42P16")
  package static let invalidObjectDefinition = SQLState(unchecked: "42P17")

  // Class 44 - WITH CHECK OPTION Violation
  package static let withCheckOptionViolation = SQLState(unchecked: "44000")

  // Class 53 - Insufficient Resources
  package static let insufficientResources = SQLState(unchecked: "53000")
  package static let diskFull = SQLState(unchecked: "53100")
  package static let outOfMemory = SQLState(unchecked: "53200")
  package static let tooManyConnections = SQLState(unchecked: "53300")
  package static let configurationLimitExceeded = SQLState(unchecked: "53400")

  // Class 54 - Program Limit Exceeded
  package static let programLimitExceeded = SQLState(unchecked: "54000")
  package static let statementTooComplex = SQLState(unchecked: "54001")
  package static let tooManyColumns = SQLState(unchecked: "54011")
  package static let tooManyArguments = SQLState(unchecked: "54023")

  // Class 55 - Object Not In Prerequisite State
  // swift-format-ignore: DontRepeatTypeInStaticProperties
  package static let objectNotInPrerequisiteState = SQLState(unchecked: "55000")
  package static let objectInUse = SQLState(unchecked: "55006")
  package static let cantChangeRuntimeParam = SQLState(unchecked: "55P02")
  package static let lockNotAvailable = SQLState(unchecked: "55P03")
  package static let unsafeNewEnumValueUsage = SQLState(unchecked: "55P04")

  // Class 57 - Operator Intervention
  package static let operatorIntervention = SQLState(unchecked: "57000")
  package static let queryCanceled = SQLState(unchecked: "57014")
  package static let adminShutdown = SQLState(unchecked: "57P01")
  package static let crashShutdown = SQLState(unchecked: "57P02")
  package static let cannotConnectNow = SQLState(unchecked: "57P03")
  package static let databaseDropped = SQLState(unchecked: "57P04")
  package static let idleSessionTimeout = SQLState(unchecked: "57P05")

  // Class 58 - System Error (errors external to PostgreSQL itself)
  package static let systemError = SQLState(unchecked: "58000")
  package static let ioError = SQLState(unchecked: "58030")
  package static let undefinedFile = SQLState(unchecked: "58P01")
  package static let duplicateFile = SQLState(unchecked: "58P02")

  // Class 72 - Snapshot Failure
  package static let snapshotTooOld = SQLState(unchecked: "72000")

  // Class F0 - Configuration File Error
  package static let configFileError = SQLState(unchecked: "F0000")
  package static let lockFileExists = SQLState(unchecked: "F0001")

  // Class HV - Foreign Data Wrapper Error (SQL/MED)
  package static let fdwError = SQLState(unchecked: "HV000")
  package static let fdwColumnNameNotFound = SQLState(unchecked: "HV005")
  package static let fdwDynamicParameterValueNeeded = SQLState(unchecked: "HV002")
  package static let fdwFunctionSequenceError = SQLState(unchecked: "HV010")
  package static let fdwInconsistentDescriptorInformation = SQLState(unchecked: "HV021")
  package static let fdwInvalidAttributeValue = SQLState(unchecked: "HV024")
  package static let fdwInvalidColumnName = SQLState(unchecked: "HV007")
  package static let fdwInvalidColumnNumber = SQLState(unchecked: "HV008")
  package static let fdwInvalidDataType = SQLState(unchecked: "HV004")
  package static let fdwInvalidDataTypeDescriptors = SQLState(unchecked: "HV006")
  package static let fdwInvalidDescriptorFieldIdentifier = SQLState(unchecked: "HV091")
  package static let fdwInvalidHandle = SQLState(unchecked: "HV00B")
  package static let fdwInvalidOptionIndex = SQLState(unchecked: "HV00C")
  package static let fdwInvalidOptionName = SQLState(unchecked: "HV00D")
  package static let fdwInvalidStringLengthOrBufferLength = SQLState(unchecked: "HV090")
  package static let fdwInvalidStringFormat = SQLState(unchecked: "HV00A")
  package static let fdwInvalidUseOfNullPointer = SQLState(unchecked: "HV009")
  package static let fdwTooManyHandles = SQLState(unchecked: "HV014")
  package static let fdwOutOfMemory = SQLState(unchecked: "HV001")
  package static let fdwNoSchemas = SQLState(unchecked: "HV00P")
  package static let fdwOptionNameNotFound = SQLState(unchecked: "HV00J")
  package static let fdwReplyHandle = SQLState(unchecked: "HV00K")
  package static let fdwSchemaNotFound = SQLState(unchecked: "HV00Q")
  package static let fdwTableNotFound = SQLState(unchecked: "HV00R")
  package static let fdwUnableToCreateExecution = SQLState(unchecked: "HV00L")
  package static let fdwUnableToCreateReply = SQLState(unchecked: "HV00M")
  package static let fdwUnableToEstablishConnection = SQLState(unchecked: "HV00N")

  // Class P0 - PL/pgSQL Error
  package static let plpgsqlError = SQLState(unchecked: "P0000")
  package static let raiseException = SQLState(unchecked: "P0001")
  package static let noDataFound = SQLState(unchecked: "P0002")
  package static let tooManyRows = SQLState(unchecked: "P0003")
  package static let assertFailure = SQLState(unchecked: "P0004")

  // Class XX - Internal Error
  package static let internalError = SQLState(unchecked: "XX000")
  package static let dataCorrupted = SQLState(unchecked: "XX001")
  package static let indexCorrupted = SQLState(unchecked: "XX002")
}
