using SQLitePCL;

namespace MessengerOperator.Receiver.Spool.Sqlite;

/// <summary>An open SQLite database, used by one thread at a time.</summary>
/// <remarks>
/// The C interface almost as it is, instead of ADO.NET: no boxing and no object for each row, the exact result codes, and a smaller
/// binary (docs/decisions/0004).
/// </remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly List<SqliteStatement> _statements = [];
    private readonly sqlite3 _handle;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <summary>Rows that the last statement inserted, changed or deleted.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Pages written since this was asked last, or the database was opened; with a write-ahead log, into that. SQLite counts to two billion only and then begins again.</summary>
    public int TakePagesWritten() => raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1) == raw.SQLITE_OK ? pages : 0;

    /// <summary>Opens the file, and makes it when it is not there. Nothing is read yet.</summary>
    /// <exception cref="SqliteFailure">It cannot be opened.</exception>
    public static SqliteDatabase Open(string path)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(handle);
        if (code != raw.SQLITE_OK)
        {
            using (database)
            {
                throw database.Failure(code);
            }
        }

        return database;
    }

    /// <summary>Runs one or more statements that give no rows.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row as a number; 0 when there is no row.</summary>
    public long Scalar(string sql)
    {
        using var statement = Query(sql);
        return statement.Scalar();
    }

    /// <summary>Compiles a statement that is used once; to be disposed of before the database.</summary>
    public SqliteStatement Query(string sql) => new(this, Compile(sql));

    /// <summary>Compiles a statement that is used again and again; it ends with the database.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var statement = Query(sql);
        _statements.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    /// <summary>Throws unless the code says that all is well.</summary>
    internal void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    /// <summary>The failure that the database tells of now.</summary>
    internal SqliteFailure Failure(int code) => new(code, $"{raw.sqlite3_errmsg(_handle).utf8_to_string()} ({raw.sqlite3_extended_errcode(_handle)})");

    private sqlite3_stmt Compile(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return statement;
    }
}
