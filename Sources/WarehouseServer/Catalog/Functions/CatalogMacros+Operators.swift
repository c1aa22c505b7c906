/// Operators and functions that `Rewriter` writes in place of PostgreSQL's (see SQLFront's documentation), those of
/// JSON apart.
extension CatalogMacros {
  static let operatorText = #"""
    CREATE MACRO {pg}."|/"(x) AS {sys}.sqrt(x);
    CREATE MACRO {pg}."||/"(x) AS {sys}.cbrt(x);
    CREATE MACRO {pg}.martinet_overlaps(a, b, c, d) AS
      CASE WHEN least(a, b) > least(c, d) THEN least(a, b) < greatest(c, d)
        WHEN least(a, b) < least(c, d) THEN least(c, d) < greatest(a, b) ELSE TRUE END;
    CREATE MACRO {pg}.pg_overlaps(a, b INTERVAL, c, d INTERVAL) AS
        {pg}.martinet_overlaps(a, a + b, c, c + d),
      (a, b, c, d) AS {pg}.martinet_overlaps(a, b, c, d);
    """#
}
