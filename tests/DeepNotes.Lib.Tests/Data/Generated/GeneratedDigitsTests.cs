using System.Security.Cryptography;

namespace DeepNotes.Tests.Data;

public sealed class GeneratedDigitsTests
{
    [Fact]
    public void The_bytes_are_the_same_on_every_machine()
    {
        var (pixels, labels) = GeneratedDigits.Draw(300, seed: 1);

        Assert.Equal(
            "4520f089060aa9afbe6f5426b692d428f158ae82baf2f1e25f88d70794c01bf7",
            Convert.ToHexStringLower(SHA256.HashData(pixels)));
        Assert.Equal([5, 3, 4, 7, 3, 5, 8, 8, 5, 1, 9, 4], labels[..12]);
    }

    [Fact]
    public void The_format_is_that_of_MNIST()
    {
        var data = GeneratedDigits.Create(200, seed: 5);

        Assert.Equal("digits: 200 samples [1, 28, 28], 10 classes (generated digits (200, seed 5))", data.ToString());
        Assert.Equal(Enumerable.Range(0, 10), data.Labels.Distinct().Order());
        Assert.Equal((0f, 1f), (data.Inputs.ToArray().Min(), data.Inputs.ToArray().Max()));
    }

    [Fact]
    public void A_smaller_set_is_the_beginning_of_a_larger_one() =>
        Assert.Equal(GeneratedDigits.Draw(20, 3).Pixels, GeneratedDigits.Draw(50, 3).Pixels[..(20 * 784)]);

    [Fact]
    public void Another_seed_gives_other_digits() =>
        Assert.NotEqual(GeneratedDigits.Draw(5, 3).Pixels, GeneratedDigits.Draw(5, 4).Pixels);

    [Fact]
    public void Every_digit_has_ink_and_its_mass_in_the_middle_and_hardly_one_touches_the_border()
    {
        var (pixels, labels) = GeneratedDigits.Draw(2000, seed: 9);
        var touching = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var image = pixels.AsSpan(i * 784, 784);
            var (mass, x, y, border) = (0.0, 0.0, 0.0, 0);
            for (var p = 0; p < 784; p++)
            {
                var (row, column) = (p / 28, p % 28);
                mass += image[p];
                x += image[p] * (column + 0.5);
                y += image[p] * (row + 0.5);
                border += row is 0 or 27 || column is 0 or 27 ? image[p] : 0;
            }

            Assert.InRange(mass / 255, 15, 350);
            Assert.InRange(x / mass, 13.4, 14.6);
            Assert.InRange(y / mass, 13.4, 14.6);
            touching += border > 0 ? 1 : 0;
        }

        Assert.InRange(touching, 0, labels.Length / 33);
    }

    [Fact]
    public void Digits_resemble_their_class_but_the_mean_image_does_not_classify_all()
    {
        var (train, test) = (GeneratedDigits.Create(2000, seed: 1), GeneratedDigits.Create(500, seed: 2));
        var means = Enumerable.Range(0, 10).Select(digit => MeanImage(train, digit)).ToArray();
        var rows = test.Inputs.ToArray().Chunk(784).ToArray();
        var right = rows.Where((image, i) => Nearest(image, means) == test.Labels[i]).Count();

        Assert.InRange(right / 500.0, 0.65, 0.92);
    }

    [Fact]
    public void No_digits_are_an_empty_set() => Assert.Equal(0, GeneratedDigits.Create(0).Count);

    [Fact]
    public void A_negative_count_is_rejected() => Assert.Throws<ArgumentOutOfRangeException>(() => GeneratedDigits.Create(-1));

    private static float[] MeanImage(Dataset data, int digit)
    {
        var images = data.Inputs.ToArray().Chunk(784).Where((_, i) => data.Labels[i] == digit).ToArray();
        return [.. Enumerable.Range(0, 784).Select(p => images.Average(image => image[p]))];
    }

    private static int Nearest(float[] image, float[][] means) =>
        Enumerable.Range(0, 10).MinBy(digit => image.Zip(means[digit], (a, b) => (a - b) * (a - b)).Sum());
}
