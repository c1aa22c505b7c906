package import PostgresWire

/// Somebody who may log in.
package struct User: Sendable, Equatable {
  /// Stable; never used again after the user is gone.
  package let id: Int64
  package let name: String
  package let verifier: SCRAMVerifier
  package let isSuperuser: Bool
  /// UTC, `2026-11-23T20:15:00Z`.
  package let createdAt: String
  /// Settings that every session of the user starts with (ALTER ROLE … SET), by name.
  package let settings: [String: String]
}
