using DeepNotes.Tests.Data;

namespace DeepNotes.Tests.Persistence;

public sealed class BrokenFileTests : IDisposable
{
    private const string Good = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { "empty", [], "expected 8 bytes with the length of the header, got a file of 0" },
        { "length of 2^60", FileBytes.WithLength(1UL << 60), "at most 100000000 bytes, got 1152921504606846976" },
        { "negative length", FileBytes.WithLength(ulong.MaxValue), "at most 100000000 bytes, got 18446744073709551615" },
        { "length beyond the file", FileBytes.WithLength(99_999_999, 1, 2), "a header of 99999999 bytes, got 2" },
        { "length 0", FileBytes.WithLength(0), "begins with {, got an empty one" },
        { "not JSON", FileBytes.Of("{hello}"), "a header in JSON" },
        { "no object", FileBytes.Of("[1,2]"), "begins with {, got byte 0x5B" },
        { "not UTF-8", FileBytes.Of([(byte)'{', 0xFF, (byte)'}'], []), "a header in UTF-8" },
        { "two objects", FileBytes.Of(Good + Good, 4), "a header in JSON" },
        { "too deep", FileBytes.Of("""{"a":{"shape":[[[]]]}}"""), "a header in JSON" },
        { "duplicate name", FileBytes.Of(Good[..^1] + "," + Good[1..], 4), "each name once" },
        { "duplicate, escaped", FileBytes.Of(Good[..^1] + ""","\u0061":1}""", 4), "each name once" },
        { "duplicate member", FileBytes.Of("""{"a":{"dtype":"F32","dtype":"F32"}}"""), "each name once" },
        { "half a pair in a name", FileBytes.Of("""{"\ud800":{}}"""), "got" },
        { "tensor no object", FileBytes.Of("""{"a":3}"""), "tensor \"a\": expected an object with dtype, shape and data_offsets, got 3" },
        { "no dtype", FileBytes.Of("""{"a":{}}"""), "tensor \"a\": expected an object with dtype, got {}" },
        { "no shape", FileBytes.Of("""{"a":{"dtype":"F32"}}"""), "an object with shape" },
        { "no offsets", FileBytes.Of("""{"a":{"dtype":"F32","shape":[]}}"""), "an object with data_offsets" },
        { "dtype no string", FileBytes.Of("""{"a":{"dtype":32}}"""), "a dtype of BOOL, U8," },
        { "dtype half a pair", FileBytes.Of("""{"a":{"dtype":"\ud800"}}"""), "a dtype of BOOL, U8," },
        { "unknown dtype", FileBytes.Of(FileBytes.Tensor("F8_E4M3", "[1]", "[0,1]"), 1), "got \"F8_E4M3\"" },
        { "shape no array", FileBytes.Of(FileBytes.Tensor("F32", "1", "[0,4]"), 4), "shape as an array of integers, got 1" },
        { "shape of text", FileBytes.Of(FileBytes.Tensor("F32", "[\"1\"]", "[0,4]"), 4), "shape as an array of integers" },
        { "fraction", FileBytes.Of(FileBytes.Tensor("F32", "[1.5]", "[0,4]"), 4), "shape as an array of integers" },
        { "beyond 64 bits", FileBytes.Of(FileBytes.Tensor("F32", "[18446744073709551617]", "[0,4]"), 4), "shape as an array of integers" },
        { "negative axis", FileBytes.Of(FileBytes.Tensor("F32", "[-1]", "[0,4]"), 4), "a shape of lengths from 0, got [-1]" },
        { "two negative axes", FileBytes.Of(FileBytes.Tensor("F32", "[-1,-1]", "[0,4]"), 4), "a shape of lengths from 0" },
        { "overflow", FileBytes.Of(FileBytes.Tensor("F32", "[1099511627776,1099511627776]", "[0,4]"), 4), "at most 2147483591 elements" },
        { "overflow to 0", FileBytes.Of(FileBytes.Tensor("F32", "[2147483647,2147483647,0]", "[0,0]")), "at most 2147483591 elements" },
        { "overflow to the size", FileBytes.Of(FileBytes.Tensor("F32", "[65536,65536,4294967296,0]", "[0,0]")), "at most 2147483591 elements" },
        { "65 axes", FileBytes.Of(FileBytes.Tensor("F32", $"[{string.Join(",", Enumerable.Repeat(1, 65))}]", "[0,4]"), 4), "at most 64 axes, got 65" },
        { "size not the shape's", FileBytes.Of(FileBytes.Tensor("F32", "[2]", "[0,4]"), 4), "expected 8 bytes for F32 [2], got data_offsets [0, 4] of 4 bytes" },
        { "one offset", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[0]"), 4), "a start and an end" },
        { "three offsets", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[0,4,8]"), 4), "a start and an end" },
        { "reversed offsets", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[4,0]"), 4), "got [4, 0]" },
        { "negative offset", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[-4,0]"), 4), "got [-4, 0]" },
        { "largest offsets", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[9223372036854775803,9223372036854775807]"), 4), "the file is cut off" },
        { "out of range", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[4,8]"), 4), "values up to byte 8 of the data, got 4 bytes" },
        { "gigabytes promised", FileBytes.Of(FileBytes.Tensor("F64", "[2147483591]", "[0,17179868728]"), 4), "the file is cut off" },
        { "hole", FileBytes.Of(FileBytes.Tensor("F32", "[1]", "[4,8]"), 8), "values from byte 0 of the data, where those before end, got 4: a hole" },
        { "overlap", FileBytes.Of(Good[..^1] + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6), "\"b\": expected values from byte 4 of the data, where those before end, got 2: an overlap" },
        { "shared values", FileBytes.Of(Good[..^1] + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4), "an overlap" },
        { "more data", FileBytes.Of(Good, 5), "expected 4 bytes of data, got 5: more than the header describes" },
        { "data without tensors", FileBytes.Of("{}", 1), "expected 0 bytes of data, got 1" },
        { "metadata no object", FileBytes.Of("""{"__metadata__":[]}"""), "__metadata__ as an object of strings, got []" },
        { "metadata no strings", FileBytes.Of("""{"__metadata__":{"epoch":3}}"""), "__metadata__ as an object of strings, got 3" },
        { "long name", FileBytes.Of($$"""{"{{new string('a', 5000)}}":3}"""), "… (5000 characters)\": expected an object" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_damaged_file_is_named_with_what_was_expected_and_found(string name, byte[] content, string expected)
    {
        var path = _folder.File(name, content);
        Assert.Throws<WeightFileException>(() => Safetensors.ReadHeader(path));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<WeightFileException>(() => Safetensors.Load(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.StartsWith($"Weights {path}", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.Equal(path, error.Path);
    }

    [Fact]
    public void A_file_truncated_at_any_byte_is_rejected()
    {
        var whole = SmallFile();
        for (var length = 0; length < whole.Length; length++)
        {
            var path = _folder.File("cut", whole[..length]);
            Assert.Throws<WeightFileException>(() => Safetensors.Load(path));
        }
    }

    [Fact]
    public void Random_bytes_in_a_file_are_read_or_rejected_and_nothing_else()
    {
        var whole = SmallFile();
        var generator = new Generator(4);
        var (read, refused) = (0, 0);
        for (var trial = 0; trial < 4000; trial++)
        {
            var content = whole.ToArray();
            for (var flips = 1 + generator.Next(3); flips > 0; flips--)
            {
                content[generator.Next(content.Length)] = (byte)generator.Next(256);
            }

            try
            {
                Safetensors.Load(_folder.File("fuzz", content));
                read++;
            }
            catch (WeightFileException)
            {
                refused++;
            }
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }

    [Fact]
    public void An_error_for_a_missing_file_lists_its_folder()
    {
        _folder.File("lenet.safetensors", []);
        _folder.File("notes.txt", []);

        Assert.EndsWith($"expected a file, got none; folder {_folder.Path} has lenet.safetensors.", Error("lenet5.safetensors"));
        Assert.EndsWith($"folder {_folder.Path} has no *.bin.", Error("lenet.bin"));
        Assert.EndsWith($"there is no folder {_folder.File("none")}.", Error(Path.Combine("none", "a.safetensors")));
        Directory.CreateDirectory(_folder.File("folder"));
        Assert.EndsWith("expected a file, got a folder.", Error("folder"));
    }

    public void Dispose() => _folder.Dispose();

    private string Error(string name) =>
        Assert.Throws<WeightFileException>(() => Safetensors.Load(_folder.File(name))).Message;

    private byte[] SmallFile()
    {
        var path = _folder.File("whole");
        Safetensors.Save(
            path,
            new Dictionary<string, Tensor> { ["fc.weight"] = Tensor.Normal([2, 3]), ["fc.bias"] = Tensor.Zeros([2]) },
            new Dictionary<string, string> { ["format"] = "pt" });
        return File.ReadAllBytes(path);
    }
}
