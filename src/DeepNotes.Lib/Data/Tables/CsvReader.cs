using System.Buffers;

namespace DeepNotes;

/// <summary>
/// Reads the records of a CSV file according to RFC 4180: quoted fields may contain separators, doubled quotes and line
/// breaks. One record at a time is in memory. Empty lines are skipped.
/// </summary>
public sealed class CsvReader : IDisposable
{
    private const char Quote = '"';
    private const int MaxRecordLength = 1 << 24;

    private readonly TextReader _reader;
    private readonly string _name;
    private readonly char _separator;
    private readonly SearchValues<char> _stops;
    private readonly char[] _block = new char[1 << 16];
    private readonly List<int> _ends = [];
    private char[] _record = new char[256];
    private int _length;
    private int _line = 1;
    private int _blockLength;
    private int _blockPosition;

    /// <summary>Reads a file, UTF-8 unless a byte order mark says otherwise.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">The separator between fields.</param>
    public CsvReader(string path, char separator = ',')
        : this(new StreamReader(path), path, separator)
    {
    }

    /// <summary>Reads any text.</summary>
    /// <param name="reader">The text; disposed with this reader.</param>
    /// <param name="name">The name of the text in messages.</param>
    /// <param name="separator">The separator between fields.</param>
    /// <exception cref="ArgumentException">The separator is a quote or a line break.</exception>
    public CsvReader(TextReader reader, string name, char separator = ',')
    {
        if (separator is Quote or '\r' or '\n')
        {
            throw new ArgumentException($"CSV {name}: expected a separator such as a comma, got a quote or a line end.", nameof(separator));
        }

        (_reader, _name, _separator, _stops) = (reader, name, separator, SearchValues.Create([separator, Quote, '\r', '\n']));
    }

    /// <summary>The line on which the current record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The number of fields in the current record.</summary>
    public int FieldCount => _ends.Count;

    /// <summary>A field of the current record, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _record.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Advances to the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">A quote is misplaced or never closed, or a record has more than 16 million characters.</exception>
    public bool Read()
    {
        SkipEmptyLines();
        (Line, _length) = (_line, 0);
        _ends.Clear();
        if (Peek() < 0)
        {
            return false;
        }

        do
        {
            ReadField();
            _ends.Add(_length);
        }
        while (Accept(_separator));

        AcceptLineEnd();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void ReadField()
    {
        if (Accept(Quote))
        {
            ReadQuoted();
            if (Peek() is var next && next >= 0 && next != _separator && next is not ('\r' or '\n'))
            {
                throw Wrong($"'{(char)next}' after a closing quote; expected a separator or the line's end, quotes within a field doubled");
            }

            return;
        }

        while (Peek() >= 0)
        {
            var rest = _block.AsSpan(_blockPosition, _blockLength - _blockPosition);
            var length = rest.IndexOfAny(_stops);
            Append(length < 0 ? rest : rest[..length]);
            _blockPosition += length < 0 ? rest.Length : length;
            if (length >= 0)
            {
                break;
            }
        }

        if (Peek() == Quote)
        {
            throw Wrong("a quote within a field that does not begin with one; put the whole field into quotes, and double those within");
        }
    }

    private void ReadQuoted()
    {
        var opened = _line;
        while (true)
        {
            if (Peek() < 0)
            {
                throw Wrong($"the quote opened on line {opened} is never closed");
            }

            if (Accept(Quote) && Peek() != Quote)
            {
                return;
            }

            _line += Peek() == '\n' ? 1 : 0;
            Append([_block[_blockPosition++]]);
        }
    }

    private void Append(ReadOnlySpan<char> characters)
    {
        while (characters.Length > _record.Length - _length)
        {
            if (_record.Length >= MaxRecordLength)
            {
                throw Wrong($"a record from line {Line} of over {MaxRecordLength} characters; is a quote left open?");
            }

            Array.Resize(ref _record, 2 * _record.Length);
        }

        characters.CopyTo(_record.AsSpan(_length));
        _length += characters.Length;
    }

    private void SkipEmptyLines()
    {
        while (AcceptLineEnd())
        {
        }
    }

    private bool AcceptLineEnd()
    {
        var isEnd = Accept('\r') | Accept('\n');
        _line += isEnd ? 1 : 0;
        return isEnd;
    }

    private bool Accept(char expected)
    {
        var isIt = Peek() == expected;
        _blockPosition += isIt ? 1 : 0;
        return isIt;
    }

    /// <summary>The next character; -1 at the end.</summary>
    private int Peek()
    {
        if (_blockPosition == _blockLength)
        {
            _blockLength = _reader.Read(_block);
            _blockPosition = 0;
        }

        return _blockLength == 0 ? -1 : _block[_blockPosition];
    }

    private InvalidDataException Wrong(string what) => new($"CSV {_name}, line {_line}: {what}.");
}
