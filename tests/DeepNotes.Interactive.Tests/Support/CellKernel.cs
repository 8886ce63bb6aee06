using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace DeepNotes.Interactive.Tests.Support;

/// <summary>The C# kernel of .NET Interactive with the extension, in this process.</summary>
public sealed class CellKernel : IDisposable
{
    private readonly CompositeKernel _kernel = new() { new CSharpKernel().UseKernelHelpers() };

    public CellKernel()
    {
        KernelExtension.Load();

        // Each notebook starts in a new process, with the sequence of seeds at its start.
        Seeds.Start(0);
    }

    /// <summary>References assemblies in the cells, as <c>#r</c> does.</summary>
    public Task Reference(params IEnumerable<Type> types) =>
        Run(string.Join('\n', types.Select(type => $"#r \"{type.Assembly.Location}\"")));

    /// <summary>Runs a cell and returns its outputs in the notebook format, each display in its final state.</summary>
    /// <exception cref="InvalidOperationException">The cell failed.</exception>
    public async Task<JsonArray> Run(string code)
    {
        var result = await _kernel.SendAsync(new SubmitCode(code, "csharp"));
        var shown = new List<(string? Id, DisplayEvent Event)>();
        foreach (var kernelEvent in result.Events)
        {
            switch (kernelEvent)
            {
                case CommandFailed failed:
                    throw new InvalidOperationException($"{failed.Message}\n{failed.Exception}");
                case DisplayedValueUpdated updated:
                    var place = shown.FindIndex(one => one.Id == updated.ValueId);
                    Assert.True(place >= 0, "The update refers to an existing display.");
                    shown[place] = (updated.ValueId, updated);
                    break;
                case DisplayedValueProduced or ReturnValueProduced:
                    shown.Add((((DisplayEvent)kernelEvent).ValueId, (DisplayEvent)kernelEvent));
                    break;
            }
        }

        return [.. shown.Select(one => new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject(one.Event.FormattedValues.Select(form => KeyValuePair.Create(form.MimeType, (JsonNode?)form.Value))),
        })];
    }

    public void Dispose() => _kernel.Dispose();
}
