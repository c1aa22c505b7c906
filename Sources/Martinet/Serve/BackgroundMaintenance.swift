import Lake
import Network
import Synchronization

/// The thread that keeps the lake small while the server runs.
final class BackgroundMaintenance: Sendable {
  private let maintenance: Maintenance
  private let pauseSeconds: Int
  private let log: Logger
  /// Signalled when the thread has ended.
  private let ended = Atomic(true)

  init(_ lake: Lake, everySeconds: Int, _ log: Logger) {
    maintenance = Maintenance(lake: lake)
    pauseSeconds = everySeconds
    self.log = log
  }

  func start() throws(NetworkError) {
    ended.store(false, ordering: .releasing)
    do throws(NetworkError) {
      try Thread.start(name: "maintenance") { [self] in
        maintenance.run(everySeconds: pauseSeconds) { report($0) }
        ended.store(true, ordering: .releasing)
      }
    } catch {
      ended.store(true, ordering: .releasing)
      throw error
    }
  }

  /// Ends the thread after the step that it is in. False if that takes longer.
  func stop(waitMilliseconds: Int) -> Bool {
    maintenance.stop()
    let deadline = Deadline(milliseconds: waitMilliseconds)
    while !ended.load(ordering: .acquiring) {
      if deadline.isOver { return false }
      Deadline.sleep(milliseconds: 10)
    }
    return true
  }

  private func report(_ result: Result<MaintenanceReport, LakeError>) {
    switch result {
    case .failure(let error):
      log.log(.error, "maintenance failed: \(error.message)")
    case .success(let report):
      let counts = [
        ("merged", report.tablesMerged), ("rewritten", report.tablesRewritten),
        ("expired", report.snapshotsExpired), ("deleted", report.filesDeleted),
        ("orphans", report.orphansDeleted),
      ].filter { $0.1 > 0 }
      let postponed = report.postponed.map { ("postponed", $0) }
      let level: Logger.Level = counts.isEmpty && postponed.isEmpty ? .debug : .info
      log.log(level, "maintenance", counts.map { ($0.0, String($0.1)) } + postponed)
    }
  }
}
