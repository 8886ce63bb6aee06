using System.Data;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Converts tables of ADO.NET to rows.</summary>
internal static class DataTables
{
    /// <summary>The tables of a value; null if it has none.</summary>
    public static IReadOnlyList<TableRows>? Of(object? value) => value switch
    {
        DataTable { Columns.Count: 0 } or DataView { Table: null or { Columns.Count: 0 } } => null,
        DataTable table => [Rows(table.Columns, table.Rows.Cast<DataRow>(), table.Rows.Count, row => row)],
        DataView view => [Rows(view.Table!.Columns, view.Cast<DataRowView>(), view.Count, row => row.Row)],
        DataSet { Tables.Count: > 0 } set => [.. set.Tables.Cast<DataTable>().SelectMany(table => (Of(table) ?? []).Select(rows => rows with { Title = table.TableName }))],
        DataRow row => [Rows(row.Table.Columns, [row], 1, one => one)],
        DataRowView row => [Rows(row.Row.Table.Columns, [row], 1, one => one.Row)],
        DataRowCollection { Count: > 0 } rows => [Rows(rows[0].Table.Columns, rows.Cast<DataRow>(), rows.Count, row => row)],
        DataRow[] { Length: > 0 } rows => [Rows(rows[0].Table.Columns, rows, rows.Length, row => row)],
        IDataReader { IsClosed: false, FieldCount: > 0 } reader => [Rows(reader)],
        _ => null,
    };

    private static TableRows Rows<T>(DataColumnCollection columns, IEnumerable<T> rows, int count, Func<T, DataRow> rowOf)
    {
        var shown = columns.Cast<DataColumn>().Take(TableRows.MaxColumns).ToArray();
        return new TableRows(
            [.. shown.Select(column => column.ColumnName)],
            [.. rows.Take(TableRows.MaxRows).Select(row => Cells(rowOf(row), shown))],
            Math.Max(0, count - TableRows.MaxRows))
        { OmittedColumns = columns.Count - shown.Length };
    }

    // A deleted row has only its original values.
    private static object?[] Cells(DataRow row, DataColumn[] columns)
    {
        var version = row.RowState == DataRowState.Deleted ? DataRowVersion.Original : DataRowVersion.Default;
        return [.. columns.Select(column => row[column, version])];
    }

    // A data reader is forward-only: only the displayed rows are read, and the rest is left to the cell's code.
    private static TableRows Rows(IDataReader reader)
    {
        var columns = Math.Min(reader.FieldCount, TableRows.MaxColumns);
        var names = Enumerable.Range(0, columns).Select(reader.GetName).ToArray();
        var rows = new List<object?[]>();
        while (rows.Count < TableRows.MaxRows && reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, columns).Select(reader.GetValue)]);
        }

        return new TableRows(names, rows, rows.Count < TableRows.MaxRows ? 0 : null) { OmittedColumns = reader.FieldCount - columns };
    }
}
