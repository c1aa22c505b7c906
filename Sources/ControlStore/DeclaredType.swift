/// The type that a column was declared with, where the lake keeps another: it has text for both `varchar(40)` and
/// `char(3)`.
package struct DeclaredType: Sendable, Hashable {
  /// PostgreSQL's oid of the type.
  package var oid: Int64
  /// PostgreSQL's type modifier; -1 for none.
  package var modifier: Int64

  package init(oid: Int64, modifier: Int64 = -1) {
    self.oid = oid
    self.modifier = modifier
  }
}
