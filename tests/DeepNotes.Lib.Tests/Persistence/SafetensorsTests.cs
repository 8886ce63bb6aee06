using System.Text;
using DeepNotes.Tests.Data;

namespace DeepNotes.Tests.Persistence;

public sealed class SafetensorsTests : IDisposable
{
    private static readonly string Golden =
        Path.Combine(AppContext.BaseDirectory, "Persistence", "Golden", "all-types.safetensors");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, int[], float[]> GoldenTensors => new()
    {
        { "bool", "BOOL", [3], [1, 0, 1] },
        { "u8", "U8", [2], [0, 255] },
        { "i8", "I8", [2], [-128, 127] },
        { "i16", "I16", [2], [-32768, 32767] },
        { "u16", "U16", [1], [65535] },
        { "i32", "I32", [2], [-16777216, 7] },
        { "u32", "U32", [1], [2147483648f] },
        { "i64", "I64", [2], [-1099511627776f, 3] },
        { "u64", "U64", [1], [9223372036854775808f] },
        { "f16", "F16", [2, 2], [1.5f, -65504, 5.9604645e-8f, float.PositiveInfinity] },
        { "bf16", "BF16", [3], [1, -2.5f, 3.140625f] },
        { "f32", "F32", [1, 3], [0.1f, float.NegativeInfinity, 1e-45f] },
        { "f64", "F64", [3], [0.1f, -0f, 1e30f] },
        { "empty", "F32", [2, 0, 3], [] },
        { "scalar", "F32", [], [42] },
        { "num_batches_tracked", "I64", [], [100] },
        { "层.\"é\"", "F32", [1], [7] },
    };

    public static TheoryData<string, int, byte[], string> Impossible => new()
    {
        { "I64", 8, BitConverter.GetBytes(16777217L), "16777217" },
        { "I64", 8, BitConverter.GetBytes(long.MaxValue), "9223372036854775807" },
        { "U64", 8, BitConverter.GetBytes(ulong.MaxValue), "18446744073709551615" },
        { "I32", 4, BitConverter.GetBytes(int.MaxValue), "2147483647" },
        { "U32", 4, BitConverter.GetBytes(uint.MaxValue), "4294967295" },
        { "F64", 8, BitConverter.GetBytes(-1e39), "-1E+39" },
        { "BOOL", 1, [2], "byte 0x02" },
    };

    [Theory]
    [MemberData(nameof(GoldenTensors))]
    public void Every_type_of_another_program_is_read(string name, string type, int[] shape, float[] values)
    {
        var file = Safetensors.Load(Golden);

        Assert.Equal(GoldenTensors.Count, file.Tensors.Count);
        Assert.Equal<Shape>(shape, file.Tensors[name].Shape);
        Assert.Equal(Bits(values), Bits(file.Tensors[name].ToArray()));
        Assert.Equal(type, file.Header.Tensors.Single(stored => stored.Name == name).ElementType);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_value_that_float32_cannot_represent_is_named_with_its_tensor(string type, int size, byte[] data, string value)
    {
        var header = Encoding.UTF8.GetBytes(FileBytes.Tensor(type, "[1]", $"[0,{size}]"));
        var error = Assert.Throws<WeightFileException>(
            () => Safetensors.Load(_folder.File("file", FileBytes.Of(header, data))));

        Assert.Equal("a", error.TensorName);
        Assert.EndsWith($"expected {type} values that float32 can hold, got {value}.", error.Message);
    }

    [Fact]
    public void What_is_written_is_the_format_byte_for_byte()
    {
        var path = _folder.File("file");
        Safetensors.Save(
            path,
            new Dictionary<string, Tensor> { ["b"] = Tensor.Scalar(1), ["B"] = Tensor.From([2, -0f], [2, 1]) },
            new Dictionary<string, string> { ["z"] = "2", ["format"] = "pt" });

        const string header = """{"__metadata__":{"format":"pt","z":"2"},"B":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        var data = new byte[12];
        Buffer.BlockCopy(new[] { 2, -0f, 1 }, 0, data, 0, data.Length);
        Assert.Equal(FileBytes.Of(Encoding.UTF8.GetBytes(padded), data), File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_003)]
    public void A_tensor_longer_than_a_chunk_is_restored_bit_for_bit(int length)
    {
        var path = _folder.File("file");
        var tensors = new Dictionary<string, Tensor>
        {
            ["long"] = Tensor.Normal([length], seed: 1),
            ["nan"] = Tensor.From(float.NaN, float.PositiveInfinity, -0f),
            ["empty"] = Tensor.Zeros([0, 5]),
            ["😀"] = Tensor.Scalar(3),
            ["\uFF21"] = Tensor.Scalar(4),
        };
        Safetensors.Save(path, tensors);

        var file = Safetensors.Load(path);

        Assert.Equal(["empty", "long", "nan", "\uFF21", "😀"], file.Tensors.Keys);
        Assert.All(tensors, entry =>
        {
            Assert.Equal(entry.Value.Shape, file.Tensors[entry.Key].Shape);
            Assert.Equal(Bits(entry.Value.ToArray()), Bits(file.Tensors[entry.Key].ToArray()));
        });
    }

    [Fact]
    public void The_order_in_the_dictionary_does_not_change_the_bytes()
    {
        var tensors = Enumerable.Range(0, 9).ToDictionary(i => $"{i}.Weight", i => Tensor.Scalar(i));
        Safetensors.Save(_folder.File("a"), tensors);
        Safetensors.Save(_folder.File("b"), tensors.Reverse().ToDictionary());

        Assert.Equal(File.ReadAllBytes(_folder.File("a")), File.ReadAllBytes(_folder.File("b")));
    }

    [Fact]
    public void Reading_takes_no_more_memory_than_the_tensors_and_a_few_chunks()
    {
        const int length = 8 << 20;
        var path = _folder.File("file");
        Safetensors.Save(path, new Dictionary<string, Tensor> { ["a"] = Tensor.Zeros([length]) });
        var before = GC.GetAllocatedBytesForCurrentThread();

        Safetensors.Load(path);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (length * sizeof(float)) + (4 << 20));
    }

    [Fact]
    public void A_header_is_displayed_as_a_table_without_the_values()
    {
        var header = Safetensors.ReadHeader(Golden);

        Assert.StartsWith("Tensor ", header.ToPlainText());
        Assert.Contains("all-types.safetensors: 17 tensors, 32 values, 115 bytes; format: pt", header.ToPlainText());
        Assert.Contains("<tr><td>f16</td><td>F16</td><td>[2, 2]</td><td>4</td></tr>", header.ToHtml());
        Assert.Equal(header.ToHtml(), Safetensors.Load(Golden).ToHtml());
    }

    [Fact]
    public void A_name_that_is_invalid_in_the_format_is_rejected()
    {
        // Not rows of a theory: attributes and test adapters replace unpaired surrogates.
        Refused("__metadata__", "keeps for itself");
        Refused("a\ud800", "half a surrogate pair");

        void Refused(string name, string expected)
        {
            var error = Assert.Throws<ArgumentException>(
                () => Safetensors.Save(_folder.File("file"), new Dictionary<string, Tensor> { [name] = Tensor.Scalar(1) }));

            Assert.Contains(expected, error.Message);
            Assert.Empty(Directory.GetFiles(_folder.Path));
        }
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_nothing_behind()
    {
        var weights = new Dictionary<string, Tensor> { ["a"] = Tensor.Scalar(1) };
        Directory.CreateDirectory(_folder.File("folder"));

        Assert.Throws<WeightFileException>(() => Safetensors.Save(_folder.File("folder"), weights));
        Assert.Throws<WeightFileException>(() => Safetensors.Save(_folder.File("none/file"), weights));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [PyTorchFact]
    public void PyTorch_reads_what_we_wrote_and_writes_the_same_bytes()
    {
        var (ours, theirs) = (_folder.File("ours.safetensors"), _folder.File("theirs.safetensors"));
        Safetensors.Save(
            ours,
            Safetensors.Load(Golden).Tensors,
            new Dictionary<string, string> { ["made by"] = "test", ["é"] = "\"\\" });

        PyTorch.Run("echo", ours, theirs);

        Assert.Equal(File.ReadAllBytes(ours), File.ReadAllBytes(theirs));
    }

    [PyTorchFact]
    public void A_linear_layer_has_the_same_output_in_PyTorch_and_is_restored()
    {
        var (ours, theirs) = (_folder.File("ours.safetensors"), _folder.File("theirs.safetensors"));
        var tensors = new Dictionary<string, Tensor>
        {
            [WeightNames.ToPyTorch("Fc.Weight")] = Tensor.Normal([3, 7], seed: 1),
            [WeightNames.ToPyTorch("Fc.Bias")] = Tensor.Normal([3], seed: 2),
            ["x"] = Tensor.Normal([5, 7], seed: 3),
        };
        Safetensors.Save(ours, tensors);

        PyTorch.Run("linear", ours, theirs);

        var read = Safetensors.Load(theirs).Tensors;
        Assert.All(tensors, entry => Assert.Equal(entry.Value.ToArray(), read[entry.Key].ToArray()));
        var y = read["x"].MatMul(read["fc.weight"].Transpose()) + read["fc.bias"];
        Assert.Equal<Shape>([5, 3], read["y"].Shape);
        Assert.All(
            y.ToArray().Zip(read["y"].ToArray()), pair => Assert.Equal(pair.Second, pair.First, tolerance: 1e-5f));
    }

    public void Dispose() => _folder.Dispose();

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
