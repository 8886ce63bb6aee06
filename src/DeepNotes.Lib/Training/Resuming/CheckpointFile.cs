using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepNotes;

/// <summary>
/// The state of a training as a safetensors file: tensors under <c>network/</c>, <c>optimizer/</c>, <c>callbacks/</c> and
/// <c>history/</c>, everything else as JSON in the metadata, with a checksum over both.
/// </summary>
internal static class CheckpointFile
{
    private const string Format = "deepnotes-checkpoint-1";
    private const string Losses = "history/losses";
    private const string Rates = "history/learningRates";

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Write(string path, TrainingState state)
    {
        var (learner, history, totals) = (state.Learner, state.Position.History, state.Position.Totals);
        var tensors = new Dictionary<string, Tensor>();
        AddFolder(tensors, "network", learner.Network.Tensors);
        AddFolder(tensors, "optimizer", learner.Optimizer.Tensors);
        foreach (var (name, callback) in state.Callbacks)
        {
            AddFolder(tensors, $"callbacks/{name}", callback.Tensors);
        }

        if (history.StepLosses.Count > 0)
        {
            tensors[Losses] = Tensor.From([.. history.StepLosses], [history.StepLosses.Count]);
            tensors[Rates] = Tensor.From([.. history.StepLearningRates], [history.StepLearningRates.Count]);
        }

        var run = JsonSerializer.Serialize(
            new Text(
                learner.Optimizer.Optimizer,
                learner.Optimizer.Numbers,
                learner.Generators,
                state.Callbacks.ToDictionary(pair => pair.Key, pair => pair.Value.Numbers),
                [.. history.Epochs],
                [.. history.EpochSteps],
                new Sums(totals.LossSum, totals.Samples, totals.Correct),
                state.Position.Loader),
            Json);
        var metadata = new Dictionary<string, string> { ["format"] = Format, ["run"] = run, ["sha256"] = Checksum(tensors, run) };
        Safetensors.Save(path, tensors, metadata);
    }

    public static TrainingState Read(string path)
    {
        var file = Safetensors.Load(path);
        if (file.Metadata.GetValueOrDefault("format") != Format || !file.Metadata.TryGetValue("run", out var run))
        {
            throw new CheckpointException(path, "expected a training that Trainer.Save wrote, got other tensors. Weights alone are read by Network.Load.");
        }

        if (file.Metadata.GetValueOrDefault("sha256") != Checksum(file.Tensors, run))
        {
            throw new CheckpointException(path, "its checksum is wrong: the file was changed or damaged. Take an earlier one.");
        }

        var text = JsonSerializer.Deserialize<Text>(run, Json)
            ?? throw new CheckpointException(path, "expected the description of a run, got null.");
        var learner = new LearnerState(
            new NetworkSnapshot(Folder(file.Tensors, "network")),
            text.Generators,
            new OptimizerSnapshot(text.Optimizer, Folder(file.Tensors, "optimizer"), text.OptimizerNumbers));
        return new TrainingState(
            learner,
            new RunPosition(HistoryOf(file.Tensors, text), new MetricAccumulator(text.Sums.Loss, text.Sums.Samples, text.Sums.Right), text.Loader),
            text.Callbacks.ToDictionary(pair => pair.Key, pair => new CallbackState(Folder(file.Tensors, $"callbacks/{pair.Key}"), pair.Value)));
    }

    private static History HistoryOf(IReadOnlyDictionary<string, Tensor> tensors, Text text)
    {
        var history = new History();
        if (tensors.TryGetValue(Losses, out var losses))
        {
            foreach (var (loss, rate) in losses.ToArray().Zip(tensors[Rates].ToArray()))
            {
                history.AddStep(loss, rate);
            }
        }

        foreach (var (epoch, steps) in text.Epochs.Zip(text.EpochSteps))
        {
            history.AddEpoch(epoch, steps);
        }

        return history;
    }

    // SHA-256 over the tensors, in ordinal order of their names, and a text.
    private static string Checksum(IReadOnlyDictionary<string, Tensor> tensors, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.Shape}\n"));
            hash.AppendData(MemoryMarshal.AsBytes(tensor.ToArray().AsSpan()));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddFolder(Dictionary<string, Tensor> tensors, string folder, IReadOnlyDictionary<string, Tensor> content)
    {
        foreach (var (name, tensor) in content)
        {
            tensors[$"{folder}/{name}"] = tensor;
        }
    }

    private static Dictionary<string, Tensor> Folder(IReadOnlyDictionary<string, Tensor> tensors, string folder) => tensors
        .Where(pair => pair.Key.StartsWith($"{folder}/", StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[(folder.Length + 1)..], pair => pair.Value);

    private sealed record Sums(double Loss, int Samples, int? Right);

    private sealed record Text(
        string Optimizer,
        IReadOnlyDictionary<string, double> OptimizerNumbers,
        IReadOnlyDictionary<string, ulong> Generators,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Callbacks,
        EpochResult[] Epochs,
        int[] EpochSteps,
        Sums Sums,
        DataLoaderState Loader);
}

/// <summary>Thrown for a checkpoint of another network or one that was modified; the message names the file, what was expected and what was found.</summary>
public sealed class CheckpointException : IOException
{
    internal CheckpointException(string path, string problem, Exception? cause = null)
        : base($"Checkpoint {path}: {problem}", cause) => Path = path;

    /// <summary>The path of the file.</summary>
    public string Path { get; }
}
