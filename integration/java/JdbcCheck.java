import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** One check of pgjdbc per name: `java JdbcCheck URL USER PASSWORD CHECK`; exits 0 and prints "ok". */
public final class JdbcCheck {
  private static final String HEAVY =
      "select sum(a * b) from generate_series(1, 200000) x(a), generate_series(1, 200000) y(b)";

  private final String url;
  private final Properties properties;

  private JdbcCheck(String url, String user, String password) {
    this.url = url;
    properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "require");
    properties.setProperty("ApplicationName", "jdbc check");
  }

  public static void main(String[] arguments) throws Exception {
    JdbcCheck check = new JdbcCheck(arguments[0], arguments[1], arguments[2]);
    switch (arguments[3]) {
      case "connect" -> check.connects();
      case "tables" -> check.listsTables();
      case "columns" -> check.listsColumns();
      case "keys" -> check.listsKeysAndIndexes();
      case "types" -> check.listsTypes();
      case "schemas" -> check.listsSchemas();
      case "values" -> check.readsEveryType(false);
      case "binary" -> check.readsEveryType(true);
      case "parameters" -> check.bindsParameters();
      case "portals" -> check.fetchesFromSuspendedPortals();
      case "batch" -> check.insertsInBatches();
      case "cancel" -> check.cancels();
      case "timeout" -> check.timesOut();
      case "errors" -> check.reportsErrors();
      case "transactions" -> check.runsTransactions();
      case "copy" -> check.copies();
      default -> throw new IllegalArgumentException(arguments[3]);
    }
    System.out.println("ok");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void expect(Object expected, Object actual, String what) {
    boolean same = expected == null ? actual == null : expected.equals(actual);
    if (!same) {
      throw new AssertionError(what + ": expected " + expected + ", got " + actual);
    }
  }

  private static void expectError(Connection connection, String sql, String state) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException error) {
      expect(state, error.getSQLState(), sql + " (" + error.getMessage() + ")");
      return;
    }
    throw new AssertionError("no error for " + sql);
  }

  private Connection openWithStar() throws SQLException {
    Connection connection = open();
    execute(connection,
        "drop schema if exists jdbc_check cascade",
        "create schema jdbc_check",
        "create table jdbc_check.customer (id integer primary key, name varchar(40) not null, "
            + "balance numeric(12,2), since date, seen timestamp, note text)",
        "create table jdbc_check.sale (customer_id integer, line smallint, quantity bigint, price double precision, "
            + "paid boolean, at timestamp with time zone, primary key (customer_id, line))",
        "create view jdbc_check.total as select customer_id, sum(quantity) as quantity "
            + "from jdbc_check.sale group by customer_id",
        "insert into jdbc_check.customer values (1, 'Ada', 10.50, '2024-02-29', '2024-02-29 12:34:56.789', null), "
            + "(2, 'Bob', -0.01, '1999-12-31', null, 'x')",
        "comment on table jdbc_check.customer is 'who buys'");
    return connection;
  }

  private void connects() throws SQLException {
    try (Connection connection = open()) {
      DatabaseMetaData data = connection.getMetaData();
      expect("PostgreSQL", data.getDatabaseProductName(), "product");
      expect(true, data.getDatabaseMajorVersion() >= 14, "major version " + data.getDatabaseProductVersion());
      expect(true, connection.isValid(5), "valid");
      expect("public", connection.getSchema(), "schema");
      expect(true, data.getMaxColumnNameLength() > 0, "name length");
      expect(true, data.getSQLKeywords().length() > 0, "keywords");
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select current_setting('application_name')")) {
        row.next();
        expect("jdbc check", row.getString(1), "application name");
      }
    }
  }

  private void listsTables() throws SQLException {
    try (Connection connection = openWithStar()) {
      Map<String, String> found = new TreeMap<>();
      Map<String, String> remarks = new HashMap<>();
      try (ResultSet rows = connection.getMetaData().getTables(null, "jdbc_check", "%", null)) {
        while (rows.next()) {
          if (!rows.getString("TABLE_TYPE").contains("INDEX")) {
            found.put(rows.getString("TABLE_NAME"), rows.getString("TABLE_TYPE"));
            remarks.put(rows.getString("TABLE_NAME"), rows.getString("REMARKS"));
          }
        }
      }
      expect("{customer=TABLE, sale=TABLE, total=VIEW}", found.toString(), "tables");
      expect("who buys", remarks.get("customer"), "comment");
      try (ResultSet rows =
          connection.getMetaData().getTables(null, "jdbc_check", "s%", new String[] {"TABLE"})) {
        expect(true, rows.next(), "a table like s%");
        expect("sale", rows.getString("TABLE_NAME"), "table like s%");
        expect(false, rows.next(), "one table like s%");
      }
    }
  }

  private void listsColumns() throws SQLException {
    try (Connection connection = openWithStar()) {
      List<String> found = new ArrayList<>();
      try (ResultSet rows = connection.getMetaData().getColumns(null, "jdbc_check", "%", "%")) {
        while (rows.next()) {
          if (!rows.getString("TABLE_NAME").equals("total")) {
            found.add(rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME") + " "
                + rows.getString("TYPE_NAME") + " " + rows.getInt("DATA_TYPE") + " "
                + rows.getString("IS_NULLABLE") + " " + rows.getInt("ORDINAL_POSITION"));
          }
        }
      }
      expect(
          String.join("\n",
              "customer.id int4 " + Types.INTEGER + " NO 1",
              "customer.name varchar " + Types.VARCHAR + " NO 2",
              "customer.balance numeric " + Types.NUMERIC + " YES 3",
              "customer.since date " + Types.DATE + " YES 4",
              "customer.seen timestamp " + Types.TIMESTAMP + " YES 5",
              "customer.note text " + Types.VARCHAR + " YES 6",
              "sale.customer_id int4 " + Types.INTEGER + " NO 1",
              "sale.line int2 " + Types.SMALLINT + " NO 2",
              "sale.quantity int8 " + Types.BIGINT + " YES 3",
              "sale.price float8 " + Types.DOUBLE + " YES 4",
              "sale.paid bool " + Types.BIT + " YES 5",
              "sale.at timestamptz " + Types.TIMESTAMP + " YES 6"),
          String.join("\n", found), "columns");
      try (ResultSet row = connection.getMetaData().getColumns(null, "jdbc_check", "customer", "balance")) {
        row.next();
        expect(12, row.getInt("COLUMN_SIZE"), "precision");
        expect(2, row.getInt("DECIMAL_DIGITS"), "scale");
      }
    }
  }

  private void listsKeysAndIndexes() throws SQLException {
    try (Connection connection = openWithStar()) {
      List<String> keys = new ArrayList<>();
      try (ResultSet rows = connection.getMetaData().getPrimaryKeys(null, "jdbc_check", "sale")) {
        while (rows.next()) {
          keys.add(rows.getInt("KEY_SEQ") + " " + rows.getString("COLUMN_NAME") + " " + rows.getString("PK_NAME"));
        }
      }
      keys.sort(null);
      expect("[1 customer_id sale_pkey, 2 line sale_pkey]", keys.toString(), "primary key");
      List<String> columns = new ArrayList<>();
      try (ResultSet rows =
          connection.getMetaData().getIndexInfo(null, "jdbc_check", "customer", true, false)) {
        while (rows.next()) {
          columns.add(rows.getString("INDEX_NAME") + " " + rows.getString("COLUMN_NAME") + " "
              + rows.getBoolean("NON_UNIQUE"));
        }
      }
      expect("[customer_pkey id false]", columns.toString(), "unique index");
      try (ResultSet rows = connection.getMetaData().getImportedKeys(null, "jdbc_check", "sale")) {
        expect(false, rows.next(), "no foreign keys");
      }
      try (ResultSet rows =
          connection.getMetaData().getBestRowIdentifier(null, "jdbc_check", "customer", 0, true)) {
        expect(true, rows.next(), "a row identifier");
        expect("id", rows.getString("COLUMN_NAME"), "row identifier");
      }
    }
  }

  private void listsTypes() throws SQLException {
    try (Connection connection = open()) {
      Map<String, Integer> types = new HashMap<>();
      try (ResultSet rows = connection.getMetaData().getTypeInfo()) {
        while (rows.next()) {
          types.put(rows.getString("TYPE_NAME"), rows.getInt("DATA_TYPE"));
        }
      }
      expect(Types.INTEGER, types.get("int4"), "int4");
      expect(Types.BIGINT, types.get("int8"), "int8");
      expect(Types.NUMERIC, types.get("numeric"), "numeric");
      expect(Types.VARCHAR, types.get("text"), "text");
      expect(Types.TIMESTAMP, types.get("timestamptz"), "timestamptz");
      expect(Types.ARRAY, types.get("_int4"), "_int4");
    }
  }

  private void listsSchemas() throws SQLException {
    try (Connection connection = openWithStar()) {
      List<String> schemas = new ArrayList<>();
      try (ResultSet rows = connection.getMetaData().getSchemas()) {
        while (rows.next()) {
          schemas.add(rows.getString("TABLE_SCHEM"));
        }
      }
      for (String name : List.of("jdbc_check", "public", "pg_catalog", "information_schema")) {
        expect(true, schemas.contains(name), "schema " + name + " in " + schemas);
      }
      try (ResultSet rows = connection.getMetaData().getCatalogs()) {
        List<String> catalogs = new ArrayList<>();
        while (rows.next()) {
          catalogs.add(rows.getString(1));
        }
        expect(true, catalogs.contains(connection.getCatalog()), "catalog in " + catalogs);
      }
      try (ResultSet rows = connection.getMetaData().getFunctions(null, "pg_catalog", "lower")) {
        expect(true, rows.next(), "function lower");
      }
      connection.setSchema("jdbc_check");
      expect("jdbc_check", connection.getSchema(), "schema after setSchema");
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*) from customer")) {
        row.next();
        expect(2L, row.getLong(1), "rows by the search path");
        expect("count", row.getMetaData().getColumnName(1), "column name");
      }
    }
  }

  private void readsEveryType(boolean binary) throws SQLException {
    if (binary) {
      properties.setProperty("prepareThreshold", "-1");
    }
    String sql = "select true as b, cast(-7 as smallint) as i2, 2147483647 as i4, -9223372036854775807 as i8, "
        + "cast(1.5 as real) as f4, cast(0.1 as double precision) as f8, "
        + "cast(12345678901234567890.123456789 as numeric(38,9)) as n, cast('2024-02-29' as date) as d, "
        + "cast('2024-02-29 12:34:56.789012' as timestamp) as ts, cast('23:59:59' as time) as t, 'été' as s, "
        + "cast('00112233-4455-6677-8899-aabbccddeeff' as uuid) as u, array[1, 2, null] as a, "
        + "cast(null as integer) as z, cast('\\x00ff' as bytea) as y, "
        + "cast('2024-02-29 12:00:00+00' as timestamptz) as tz";
    try (Connection connection = open(); PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int round = 0; round < 7; round++) {
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          expect(true, row.getBoolean("b"), "boolean");
          expect((short) -7, row.getShort("i2"), "smallint");
          expect(2147483647, row.getInt("i4"), "integer");
          expect(-9223372036854775807L, row.getLong("i8"), "bigint");
          expect(1.5f, row.getFloat("f4"), "real");
          expect(0.1, row.getDouble("f8"), "double");
          expect(new BigDecimal("12345678901234567890.123456789"), row.getBigDecimal("n"), "numeric");
          expect(LocalDate.of(2024, 2, 29), row.getObject("d", LocalDate.class), "date");
          expect(LocalDateTime.parse("2024-02-29T12:34:56.789012"), row.getObject("ts", LocalDateTime.class),
              "timestamp");
          expect("23:59:59", row.getTime("t").toString(), "time");
          expect("été", row.getString("s"), "text");
          expect("00112233-4455-6677-8899-aabbccddeeff", row.getObject("u").toString(), "uuid");
          Array array = row.getArray("a");
          expect("[1, 2, null]", List.of((Object) java.util.Arrays.asList((Object[]) array.getArray())).get(0)
              .toString(), "array");
          expect(null, row.getObject("z"), "null");
          expect(255, row.getBytes("y")[1] & 0xff, "bytea");
          expect(1709208000000L, row.getTimestamp("tz").getTime(), "timestamptz");
        }
      }
    }
  }

  private void bindsParameters() throws SQLException {
    try (Connection connection = openWithStar();
        PreparedStatement statement = connection.prepareStatement(
            "select id, name from jdbc_check.customer where id > ? and name like ? and since <= ? "
                + "and (balance < ? or balance is null) and coalesce(seen, ?) is not null order by id limit ?")) {
      expect(6, statement.getParameterMetaData().getParameterCount(), "parameters");
      ResultSetMetaData columns = statement.getMetaData();
      expect(2, columns.getColumnCount(), "columns before execution");
      expect("varchar", columns.getColumnTypeName(2), "type before execution");
      for (int round = 0; round < 8; round++) {
        statement.setInt(1, 0);
        statement.setString(2, "%o%");
        statement.setDate(3, Date.valueOf("2020-01-01"));
        statement.setBigDecimal(4, new BigDecimal("10.00"));
        statement.setTimestamp(5, Timestamp.valueOf("2024-01-01 00:00:00"));
        statement.setInt(6, 10);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          expect("Bob", rows.getString("name"), "name in round " + round);
          expect(false, rows.next(), "one row");
        }
      }
      try (PreparedStatement any =
          connection.prepareStatement("select count(*) from jdbc_check.customer where id = any(?)")) {
        any.setArray(1, connection.createArrayOf("int4", new Object[] {1, 2, 3}));
        try (ResultSet row = any.executeQuery()) {
          row.next();
          expect(2L, row.getLong(1), "= any(array)");
        }
      }
    }
  }

  private void fetchesFromSuspendedPortals() throws SQLException {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      try (Statement first = connection.createStatement(); Statement second = connection.createStatement()) {
        first.setFetchSize(100);
        second.setFetchSize(7);
        try (ResultSet large = first.executeQuery("select g from generate_series(1, 25000) t(g) order by g")) {
          long sum = 0;
          int rows = 0;
          while (large.next()) {
            sum += large.getLong(1);
            rows++;
            if (rows == 150) {
              try (ResultSet small = second.executeQuery("select g from generate_series(1, 20) t(g)")) {
                int inner = 0;
                while (small.next()) {
                  inner++;
                }
                expect(20, inner, "rows of the second portal");
              }
            }
          }
          expect(25000, rows, "rows in portions");
          expect(25000L * 25001 / 2, sum, "sum");
        }
      }
      connection.commit();
    }
  }

  private void insertsInBatches() throws SQLException {
    for (String rewrite : List.of("false", "true")) {
      properties.setProperty("reWriteBatchedInserts", rewrite);
      try (Connection connection = openWithStar()) {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(
            "insert into jdbc_check.sale values (?, ?, ?, ?, ?, ?)")) {
          for (int row = 0; row < 100; row++) {
            insert.setInt(1, row);
            insert.setInt(2, 1);
            insert.setLong(3, row * 10L);
            insert.setDouble(4, row / 4.0);
            insert.setBoolean(5, row % 2 == 0);
            insert.setTimestamp(6, Timestamp.valueOf("2024-01-01 00:00:00"));
            insert.addBatch();
          }
          expect(100, insert.executeBatch().length, "batch results");
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          try (ResultSet row = statement.executeQuery(
              "select count(*), sum(quantity), sum(price) from jdbc_check.sale")) {
            row.next();
            expect(100L, row.getLong(1), "rows");
            expect(new BigDecimal(49500), row.getBigDecimal(2), "sum of bigint is numeric");
            expect(1237.5, row.getDouble(3), "sum of double");
          }
          expect(50, statement.executeUpdate("update jdbc_check.sale set quantity = 0 where paid"), "updated");
          expect(50, statement.executeUpdate("delete from jdbc_check.sale where not paid"), "deleted");
        }
        batchError(connection);
      }
    }
  }

  private static void batchError(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("insert into jdbc_check.customer values (8, 'H', 0, null, null, null)");
      statement.addBatch("insert into jdbc_check.nowhere values (1)");
      statement.executeBatch();
      throw new AssertionError("no error for a batch with a missing table");
    } catch (BatchUpdateException error) {
      expect("42P01", error.getSQLState(), "state of a failing batch");
    }
  }

  private void cancels() throws Exception {
    try (Connection connection = open(); Statement statement = connection.createStatement()) {
      Thread canceller = new Thread(() -> {
        try {
          Thread.sleep(700);
          statement.cancel();
        } catch (Exception error) {
          error.printStackTrace();
        }
      });
      long start = System.nanoTime();
      canceller.start();
      try {
        statement.executeQuery(HEAVY);
        throw new AssertionError("the heavy query came to its end");
      } catch (SQLException error) {
        expect("57014", error.getSQLState(), error.getMessage());
      }
      canceller.join();
      expect(true, System.nanoTime() - start < 10_000_000_000L, "cancelled in time");
      try (ResultSet row = statement.executeQuery("select 1")) {
        row.next();
        expect(1, row.getInt(1), "the connection goes on");
      }
    }
  }

  private void timesOut() throws SQLException {
    try (Connection connection = open(); Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = '500ms'");
      expectError(connection, HEAVY, "57014");
      statement.execute("set statement_timeout = 0");
      statement.setQueryTimeout(1);
      try {
        statement.executeQuery(HEAVY);
        throw new AssertionError("no time-out");
      } catch (SQLException error) {
        expect("57014", error.getSQLState(), error.getMessage());
      }
    }
  }

  private void reportsErrors() throws SQLException {
    try (Connection connection = openWithStar()) {
      expectError(connection, "select * from jdbc_check.nowhere", "42P01");
      expectError(connection, "select nope from jdbc_check.customer", "42703");
      expectError(connection, "selec 1", "42601");
      expectError(connection, "select no_such_function(1)", "42883");
      expectError(connection, "select 1 / 0", "22012");
      expectError(connection, "select cast('x' as integer)", "22P02");
      expectError(connection, "select * from nowhere.customer", "42P01");
      expectError(connection, "create table nowhere.t (a integer)", "3F000");
      expectError(connection, "create table jdbc_check.customer (a integer)", "42P07");
      expectError(connection, "insert into jdbc_check.customer values (9, null)", "23502");
      try (PreparedStatement statement =
          connection.prepareStatement("select cast(? as integer) / cast(? as integer)")) {
        statement.setInt(1, 1);
        statement.setInt(2, 0);
        statement.executeQuery();
        throw new AssertionError("no error for a division by zero");
      } catch (SQLException error) {
        expect("22012", error.getSQLState(), "prepared division: " + error.getMessage());
      }
      Properties wrong = new Properties();
      wrong.putAll(properties);
      wrong.setProperty("password", "wrong");
      try {
        DriverManager.getConnection(url, wrong).close();
        throw new AssertionError("a wrong password was accepted");
      } catch (SQLException error) {
        expect("28P01", error.getSQLState(), error.getMessage());
      }
    }
  }

  private void runsTransactions() throws SQLException {
    try (Connection connection = openWithStar(); Connection other = open()) {
      connection.setAutoCommit(false);
      execute(connection, "insert into jdbc_check.customer values (3, 'Cid', 0, null, null, null)");
      expect(2L, count(other), "uncommitted rows stay unseen");
      connection.rollback();
      execute(connection, "insert into jdbc_check.customer values (4, 'Dee', 0, null, null, null)");
      connection.commit();
      expect(3L, count(other), "committed rows are seen");
      try {
        execute(connection, "select nope");
        throw new AssertionError("no error");
      } catch (SQLException error) {
        expect("42703", error.getSQLState(), "missing column");
      }
      expectError(connection, "select 1", "25P02");
      connection.rollback();
      execute(connection, "insert into jdbc_check.customer values (5, 'Eve', 0, null, null, null)");
      Savepoint savepoint = connection.setSavepoint();
      connection.releaseSavepoint(savepoint);
      connection.commit();
      expect(4L, count(other), "rows after a savepoint");
      connection.setReadOnly(true);
      expectError(connection, "delete from jdbc_check.customer", "25006");
      connection.rollback();
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from jdbc_check.customer")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void copies() throws Exception {
    try (Connection connection = openWithStar()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      long rows = copy.copyIn("copy jdbc_check.customer (id, name, balance) from stdin (format csv, header)",
          new StringReader("id,name,balance\n10,\"Zoë, \"\"Z\"\"\",1.25\n11,Yan,\n"));
      expect(2L, rows, "rows copied in");
      copy.copyIn("copy jdbc_check.customer (id, name, note) from stdin",
          new ByteArrayInputStream("12\tXi\ta\\tb\n13\tWu\t\\N\n".getBytes(StandardCharsets.UTF_8)));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      rows = copy.copyOut("copy (select id, name, balance, note from jdbc_check.customer where id >= 10 order by id) "
          + "to stdout (format csv, header)", out);
      expect("id,name,balance,note\n10,\"Zoë, \"\"Z\"\"\",1.25,\n11,Yan,,\n12,Xi,,a\tb\n13,Wu,,\n",
          out.toString(StandardCharsets.UTF_8), "rows copied out");
      try {
        copy.copyIn("copy jdbc_check.customer (id, name) from stdin (format csv)", new StringReader("x,y\n"));
        throw new AssertionError("a bad integer was copied in");
      } catch (SQLException error) {
        expect("22P02", error.getSQLState(), error.getMessage());
      }
      expect(6L, count(connection), "rows after a failed copy");
    }
  }
}
