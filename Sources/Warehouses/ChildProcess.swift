import CPlatform
import Glibc

/// A warehouse's process: its standard input brings the secret and ends with the front door, its standard output
/// says when it is ready.
struct ChildProcess {
  let processID: Int32
  /// Closed when the process is no longer wanted: it ends when its input does.
  private let input: Int32
  private let output: Int32

  /// Starts a program. Call it in the thread that will wait for its end: the kernel ends the child with it.
  ///
  /// - Throws: a sentence with what the system said.
  static func start(program: String, arguments: [String], secret: String) throws(WarehouseError)
    -> ChildProcess
  {
    var inputs: [Int32] = [-1, -1]
    var outputs: [Int32] = [-1, -1]
    guard martinet_pipe(&inputs) == 0 else { throw WarehouseError("cannot make a pipe", errno) }
    guard martinet_pipe(&outputs) == 0 else {
      let error = errno
      for input in inputs { Glibc.close(input) }
      throw WarehouseError("cannot make a pipe", error)
    }
    var words = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    let processID = martinet_spawn(program, &words, inputs[0], outputs[1])
    for word in words { free(word) }
    Glibc.close(inputs[0])
    Glibc.close(outputs[1])
    let child = ChildProcess(processID: processID, input: inputs[1], output: outputs[0])
    guard processID > 0 else {
      child.close()
      throw WarehouseError("cannot start \(program)", -processID)
    }
    let line = secret + "\n"
    // A child that is gone already is noticed when it is waited for.
    _ = write(child.input, line, line.utf8.count)
    return child
  }

  /// Waits for the first line of the process.
  ///
  /// - Returns: whether it is ready; false where it ended before.
  func waitUntilReady() -> Bool {
    var byte: UInt8 = 0
    while true {
      let count = read(output, &byte, 1)
      if count == 1, byte == UInt8(ascii: "\n") { return true }
      if count == 0 || (count < 0 && errno != EINTR) { return false }
    }
  }

  /// Waits for its end: the exit status, or minus the number of a signal.
  func waitForEnd() -> Int32 {
    let status = martinet_wait_child(processID)
    return status < 0 ? -1 : martinet_exit_status(status)
  }

  func signal(_ number: Int32) { kill(processID, number) }

  func close() {
    Glibc.close(input)
    Glibc.close(output)
  }
}

/// Why a warehouse cannot be had.
package struct WarehouseError: Error, CustomStringConvertible {
  package let message: String
  /// The exit status of a process that did not start, if that is the reason.
  package let exitStatus: Int32?
  package var description: String { message }

  init(_ message: String, exitStatus: Int32? = nil) {
    self.message = message
    self.exitStatus = exitStatus
  }

  init(_ what: String, _ errorNumber: Int32) {
    self.init("\(what): \(String(cString: strerror(errorNumber)))")
  }
}
