using DeepNotes.Notebooks.Files;

namespace DeepNotes.Notebooks.Tests.Files;

public sealed class NameRegisterTests
{
    [Theory]
    [InlineData("fig.svg", "fig.svg")]
    [InlineData("fig.svg", "Fig.svg")]
    [InlineData("ü.svg", "Ü.svg")]
    public void A_second_owner_gets_another_name_with_the_same_extension(string first, string second)
    {
        var names = new NameRegister();

        Assert.Equal(first, names.Claim(first, "a"));
        var own = names.Claim(second, "b");
        Assert.EndsWith(".svg", own, StringComparison.Ordinal);
        Assert.NotEqual(NameRegister.Key(first), NameRegister.Key(own));
        Assert.Equal((first, own), (names.Claim(first, "a"), names.Claim(second, "b")));
    }

    [Fact]
    public void The_name_of_a_second_owner_does_not_depend_on_other_claims()
    {
        string NameOfC(params string[] others)
        {
            var names = new NameRegister();
            foreach (var other in others)
            {
                names.Claim("fig", other);
            }

            return names.Claim("fig", "c");
        }

        Assert.Equal(NameOfC("a"), NameOfC("b", "a", "d"));
    }
}
