/// A warehouse as its owner describes it.
package struct WarehouseDefinition: Equatable, Sendable {
  /// Who goes first where two warehouses want the same processor.
  package enum Priority: String, Sendable, CaseIterable {
    case interactive
    case normal
    case background

    /// The nice level of its process.
    package var niceLevel: Int32 {
      switch self {
      case .interactive: 0
      case .normal: 10
      case .background: 19
      }
    }

    /// What is added to its score when the kernel looks for a process to end for want of memory.
    package var outOfMemoryScore: Int {
      switch self {
      case .interactive: 200
      case .normal: 500
      case .background: 800
      }
    }
  }

  package var name: String
  package var threads: Int
  package var memoryBytes: Int
  package var maxConcurrency: Int
  package var queuedTimeoutSeconds: Int
  package var statementTimeoutSeconds: Int
  /// Idle time after which its process ends; 0 is never.
  package var autoSuspendSeconds: Int
  package var priority: Priority
  package var comment: String?
  package var isSuspendedByHand: Bool

  package init(
    name: String, threads: Int, memoryBytes: Int, maxConcurrency: Int = 8, queuedTimeoutSeconds: Int = 0,
    statementTimeoutSeconds: Int = 0, autoSuspendSeconds: Int = 0, priority: Priority = .interactive,
    comment: String? = nil, isSuspendedByHand: Bool = false
  ) {
    self.name = name
    self.threads = threads
    self.memoryBytes = memoryBytes
    self.maxConcurrency = maxConcurrency
    self.queuedTimeoutSeconds = queuedTimeoutSeconds
    self.statementTimeoutSeconds = statementTimeoutSeconds
    self.autoSuspendSeconds = autoSuspendSeconds
    self.priority = priority
    self.comment = comment
    self.isSuspendedByHand = isSuspendedByHand
  }
}
