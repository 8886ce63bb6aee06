namespace DeepNotes;

/// <summary>Infers the input shape of a network from its layers.</summary>
internal static class InputShape
{
    public static Shape Of(Layer network) => First(network) switch
    {
        Linear linear => [1, linear.Inputs],
        var first => throw new OnnxException(
            $"{(first is null ? $"{network} has no weights" : $"{first} is the first layer with weights")}, and the shape of an input does not follow from it. "
            + "Give one with any batch, as for Summary: net.SaveOnnx(path, [1, 3, 32, 32])."),
    };

    // The first innermost module with weights.
    private static Module? First(Module module)
    {
        if (module.ParameterCount == 0)
        {
            return null;
        }

        return module.Children.Any() ? module.Children.Select(First).FirstOrDefault(found => found is not null) ?? module : module;
    }
}
