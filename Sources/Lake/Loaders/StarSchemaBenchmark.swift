/// The Star Schema Benchmark (P. O'Neil, B. O'Neil, X. Chen, revision 3 of 2009) as SQL that makes its rows
/// from their numbers, so that the same scale always gives the same rows.
///
/// Cardinalities and value domains are the benchmark's; two things differ from its generator: `d_date` is a
/// DATE instead of a text, because charts want one, and order keys follow the order date, as they would in
/// production, which leaves the fact table sorted by date.
enum StarSchemaBenchmark {
  struct Table {
    let name: String
    let columns: String
  }

  static let tables = [
    Table(
      name: "date",
      columns: """
        d_datekey INTEGER NOT NULL, d_date DATE NOT NULL, d_dayofweek VARCHAR NOT NULL,
        d_month VARCHAR NOT NULL, d_year INTEGER NOT NULL, d_yearmonthnum INTEGER NOT NULL,
        d_yearmonth VARCHAR NOT NULL, d_daynuminweek INTEGER NOT NULL, d_daynuminmonth INTEGER NOT NULL,
        d_daynuminyear INTEGER NOT NULL, d_monthnuminyear INTEGER NOT NULL,
        d_weeknuminyear INTEGER NOT NULL, d_sellingseason VARCHAR NOT NULL,
        d_lastdayinweekfl INTEGER NOT NULL, d_lastdayinmonthfl INTEGER NOT NULL,
        d_holidayfl INTEGER NOT NULL, d_weekdayfl INTEGER NOT NULL
        """),
    Table(
      name: "customer",
      columns: """
        c_custkey INTEGER NOT NULL, c_name VARCHAR NOT NULL, c_address VARCHAR NOT NULL,
        c_city VARCHAR NOT NULL, c_nation VARCHAR NOT NULL, c_region VARCHAR NOT NULL,
        c_phone VARCHAR NOT NULL, c_mktsegment VARCHAR NOT NULL
        """),
    Table(
      name: "supplier",
      columns: """
        s_suppkey INTEGER NOT NULL, s_name VARCHAR NOT NULL, s_address VARCHAR NOT NULL,
        s_city VARCHAR NOT NULL, s_nation VARCHAR NOT NULL, s_region VARCHAR NOT NULL,
        s_phone VARCHAR NOT NULL
        """),
    Table(
      name: "part",
      columns: """
        p_partkey INTEGER NOT NULL, p_name VARCHAR NOT NULL, p_mfgr VARCHAR NOT NULL,
        p_category VARCHAR NOT NULL, p_brand1 VARCHAR NOT NULL, p_color VARCHAR NOT NULL,
        p_type VARCHAR NOT NULL, p_size INTEGER NOT NULL, p_container VARCHAR NOT NULL
        """),
    Table(
      name: "lineorder",
      columns: """
        lo_orderkey BIGINT NOT NULL, lo_linenumber INTEGER NOT NULL, lo_custkey INTEGER NOT NULL,
        lo_partkey INTEGER NOT NULL, lo_suppkey INTEGER NOT NULL, lo_orderdate INTEGER NOT NULL,
        lo_orderpriority VARCHAR NOT NULL, lo_shippriority VARCHAR NOT NULL, lo_quantity INTEGER NOT NULL,
        lo_extendedprice INTEGER NOT NULL, lo_ordtotalprice INTEGER NOT NULL, lo_discount INTEGER NOT NULL,
        lo_revenue INTEGER NOT NULL, lo_supplycost INTEGER NOT NULL, lo_tax INTEGER NOT NULL,
        lo_commitdate INTEGER NOT NULL, lo_shipmode VARCHAR NOT NULL
        """),
  ]

  /// How many rows the dimensions have, and how many orders the fact table is made of.
  struct Size: Hashable {
    let customers: Int
    let suppliers: Int
    let parts: Int
    let orders: Int

    init(scale: Double) {
      customers = max(Int(30_000 * scale), 100)
      suppliers = max(Int(2_000 * scale), 100)
      // 200,000 * floor(1 + log2(scale)); below 1 in proportion.
      if scale >= 1 {
        var doublings = 0
        while Double(1 << (doublings + 1)) <= scale { doublings += 1 }
        parts = 200_000 * (1 + doublings)
      } else {
        parts = max(Int(200_000 * scale), 1_000)
      }
      orders = max(Int(1_500_000 * scale), 1_000)
    }
  }

  /// Orders per INSERT: about 6 million rows, which bounds the memory.
  static let ordersPerStep = 1_500_000

  /// A number from 0 to below `count` that depends on `key` and `salt` alone.
  private static func pick(_ key: String, _ salt: Int, _ count: Int) -> String {
    "(hash(\(key), \(salt)) % \(count))::INTEGER"
  }

  private static func choose(_ key: String, _ salt: Int, _ values: [String]) -> String {
    "([\(values.map(sqlLiteral).joined(separator: ", "))])[1 + \(pick(key, salt, values.count))]"
  }

  private static let nations = [
    ("ALGERIA", "AFRICA"), ("ARGENTINA", "AMERICA"), ("BRAZIL", "AMERICA"), ("CANADA", "AMERICA"),
    ("EGYPT", "MIDDLE EAST"), ("ETHIOPIA", "AFRICA"), ("FRANCE", "EUROPE"), ("GERMANY", "EUROPE"),
    ("INDIA", "ASIA"), ("INDONESIA", "ASIA"), ("IRAN", "MIDDLE EAST"), ("IRAQ", "MIDDLE EAST"),
    ("JAPAN", "ASIA"), ("JORDAN", "MIDDLE EAST"), ("KENYA", "AFRICA"), ("MOROCCO", "AFRICA"),
    ("MOZAMBIQUE", "AFRICA"), ("PERU", "AMERICA"), ("CHINA", "ASIA"), ("ROMANIA", "EUROPE"),
    ("SAUDI ARABIA", "MIDDLE EAST"), ("VIETNAM", "ASIA"), ("RUSSIA", "EUROPE"),
    ("UNITED KINGDOM", "EUROPE"), ("UNITED STATES", "AMERICA"),
  ]

  /// The rows of a dimension.
  static func dimensionSQL(_ table: String, size: Size) -> String {
    switch table {
    case "customer": placeSQL("c", "custkey", "Customer", size.customers, salt: 10)
    case "supplier": placeSQL("s", "suppkey", "Supplier", size.suppliers, salt: 20)
    case "part": partSQL(size.parts)
    default: dateSQL
    }
  }

  private static func placeSQL(
    _ prefix: String, _ key: String, _ word: String, _ count: Int, salt: Int
  ) -> String {
    let names = nations.map { sqlLiteral($0.0) }.joined(separator: ", ")
    let regions = nations.map { sqlLiteral($0.1) }.joined(separator: ", ")
    let segments = ["AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY"]
    let segment = prefix == "c" ? ", \(choose("k", salt + 4, segments)) AS c_mktsegment" : ""
    return """
      WITH numbers AS (
        SELECT range::INTEGER + 1 AS k, \(pick("range", salt, nations.count)) AS n FROM range(\(count))
      ), places AS (
        SELECT k, n, ([\(names)])[n + 1] AS nation, ([\(regions)])[n + 1] AS region FROM numbers
      )
      SELECT k AS \(prefix)_\(key), format('\(word)#{:09d}', k) AS \(prefix)_name,
        left(md5(concat(k, '\(prefix)')), 10 + \(pick("k", salt + 1, 15))) AS \(prefix)_address,
        rpad(left(nation, 9), 9, ' ') || \(pick("k", salt + 2, 10)) AS \(prefix)_city,
        nation AS \(prefix)_nation, region AS \(prefix)_region,
        format('{:02d}-{:03d}-{:03d}-{:04d}', n + 10, 100 + \(pick("k", salt + 5, 900)),
          100 + \(pick("k", salt + 6, 900)), 1000 + \(pick("k", salt + 7, 9_000))) AS \(prefix)_phone\(segment)
      FROM places
      """
  }

  private static let colors = [
    "almond", "antique", "aquamarine", "azure", "beige", "bisque", "black", "blanched", "blue", "blush",
    "brown", "burlywood", "burnished", "chartreuse", "chiffon", "chocolate", "coral", "cornflower",
    "cornsilk", "cream", "cyan", "dark", "deep", "dim", "dodger", "drab", "firebrick", "floral", "forest",
    "frosted", "gainsboro", "ghost", "goldenrod", "green", "grey", "honeydew", "hot", "indian", "ivory",
    "khaki", "lace", "lavender", "lawn", "lemon", "light", "lime", "linen", "magenta", "maroon", "medium",
    "metallic", "midnight", "mint", "misty", "moccasin", "navajo", "navy", "olive", "orange", "orchid",
    "pale", "papaya", "peach", "peru", "pink", "plum", "powder", "puff", "purple", "red", "rose", "rosy",
    "royal", "saddle", "salmon", "sandy", "seashell", "sienna", "sky", "slate", "smoke", "snow", "spring",
    "steel", "tan", "thistle", "tomato", "turquoise", "violet", "wheat", "white", "yellow",
  ]

  private static func partSQL(_ count: Int) -> String {
    let sizes = choose("k", 35, ["STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"])
    let finishes = choose("k", 36, ["ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"])
    let metals = choose("k", 37, ["TIN", "NICKEL", "BRASS", "STEEL", "COPPER"])
    let boxes = choose("k", 39, ["SM", "LG", "MED", "JUMBO", "WRAP"])
    let packs = choose("k", 40, ["CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM"])
    return """
      WITH numbers AS (
        SELECT range::INTEGER + 1 AS k, 1 + \(pick("range", 30, 5)) AS mfgr, 1 + \(pick("range", 31, 5)) AS category,
          1 + \(pick("range", 32, 40)) AS brand
        FROM range(\(count))
      )
      SELECT k AS p_partkey, \(choose("k", 33, colors)) || ' ' || \(choose("k", 34, colors)) AS p_name,
        concat('MFGR#', mfgr) AS p_mfgr, concat('MFGR#', mfgr, category) AS p_category,
        concat('MFGR#', mfgr, category, brand) AS p_brand1, \(choose("k", 34, colors)) AS p_color,
        \(sizes) || ' ' || \(finishes) || ' ' || \(metals) AS p_type, 1 + \(pick("k", 38, 50)) AS p_size,
        \(boxes) || ' ' || \(packs) AS p_container
      FROM numbers
      """
  }

  private static let dateSQL = """
    SELECT strftime(d, '%Y%m%d')::INTEGER AS d_datekey, d AS d_date, dayname(d) AS d_dayofweek,
      monthname(d) AS d_month, year(d)::INTEGER AS d_year, strftime(d, '%Y%m')::INTEGER AS d_yearmonthnum,
      strftime(d, '%b%Y') AS d_yearmonth, (dayofweek(d) + 1)::INTEGER AS d_daynuminweek,
      day(d)::INTEGER AS d_daynuminmonth, dayofyear(d)::INTEGER AS d_daynuminyear,
      month(d)::INTEGER AS d_monthnuminyear, ((dayofyear(d) - 1) // 7 + 1)::INTEGER AS d_weeknuminyear,
      CASE WHEN month(d) = 12 THEN 'Christmas' WHEN month(d) = 11 THEN 'Fall'
        WHEN month(d) IN (6, 7, 8) THEN 'Summer' WHEN month(d) IN (3, 4, 5) THEN 'Spring'
        WHEN month(d) IN (9, 10) THEN 'Fall' ELSE 'Winter' END AS d_sellingseason,
      (dayofweek(d) = 6)::INTEGER AS d_lastdayinweekfl, (d = last_day(d))::INTEGER AS d_lastdayinmonthfl,
      (strftime(d, '%m%d') IN ('0101', '0704', '1225'))::INTEGER AS d_holidayfl,
      (dayofweek(d) BETWEEN 1 AND 5)::INTEGER AS d_weekdayfl
    FROM (SELECT (DATE '1992-01-01' + range::INTEGER) AS d FROM range(2557)) AS days ORDER BY d
    """

  /// The lines of the orders `first` to below `last`, sorted by date.
  static func factSQL(orders first: Int, to last: Int, size: Size) -> String {
    let priorities = ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECI", "5-LOW"]
    let modes = ["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"]
    // Orders are spread evenly over 1992-01-01 to 1998-08-02, 2,406 days, as in TPC-H.
    return """
      WITH orders AS (
        SELECT range AS o, DATE '1992-01-01' + (range * 2406 // \(size.orders))::INTEGER AS d,
          1 + \(pick("range", 50, 7)) AS line_count, 1 + \(pick("range", 51, size.customers)) AS custkey,
          \(choose("range", 52, priorities)) AS priority
        FROM range(\(first), \(last))
      ), lines AS (
        SELECT o, d, custkey, priority, unnest(range(1, line_count + 1))::INTEGER AS l FROM orders
      ), drawn AS (
        SELECT *, o * 8 + l AS k, 1 + \(pick("o * 8 + l", 53, size.parts)) AS partkey,
          1 + \(pick("o * 8 + l", 54, size.suppliers)) AS suppkey, 1 + \(pick("o * 8 + l", 55, 50)) AS quantity,
          \(pick("o * 8 + l", 56, 11)) AS discount, \(pick("o * 8 + l", 57, 9)) AS tax
        FROM lines
      ), priced AS (
        SELECT *, 90000 + (partkey // 10) % 20001 + 100 * (partkey % 1000) AS price FROM drawn
      ), extended AS (SELECT *, (quantity * price)::BIGINT AS extendedprice FROM priced)
      SELECT o + 1 AS lo_orderkey, l AS lo_linenumber, custkey AS lo_custkey, partkey AS lo_partkey,
        suppkey AS lo_suppkey, strftime(d, '%Y%m%d')::INTEGER AS lo_orderdate,
        priority AS lo_orderpriority, '0' AS lo_shippriority, quantity AS lo_quantity,
        extendedprice::INTEGER AS lo_extendedprice,
        (sum(extendedprice * (100 - discount) * (100 + tax) // 10000) OVER (PARTITION BY o))::INTEGER
          AS lo_ordtotalprice,
        discount AS lo_discount, (extendedprice * (100 - discount) // 100)::INTEGER AS lo_revenue,
        (price * 6 // 10)::INTEGER AS lo_supplycost, tax AS lo_tax,
        strftime(d + 30 + \(pick("k", 58, 61)), '%Y%m%d')::INTEGER AS lo_commitdate,
        \(choose("k", 59, modes)) AS lo_shipmode
      FROM extended ORDER BY lo_orderkey, lo_linenumber
      """
  }
}
