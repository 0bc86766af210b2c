using Atrium.Laughter.Network;
using Atrium.Laughter.Network.Onnx;

namespace Atrium.Laughter.Reference;

/// <summary>Damages a model in seeded ways and reads it: it must be read or refused, never crash, hang or eat memory.</summary>
internal static class ModelFuzz
{
    private const long MostAllocated = 200 << 20;

    /// <summary>Returns how many were refused; throws when one was neither read nor refused.</summary>
    public static int Run(byte[] model, int seed, int count)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            var damaged = Damage(random, model);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                new OnnxYamnet(new OnnxReader(Path.GetTempPath()).ReadModel(damaged)).Extract();
            }
            catch (ModelException)
            {
                refused++;
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostAllocated)
                throw new InvalidOperationException($"Damaged model {i} of seed {seed} made the reader allocate {allocated >> 20} MiB.");
        }

        return refused;
    }

    private static byte[] Damage(Random random, byte[] model)
    {
        switch (random.Next(6))
        {
            case 0:
                return model[..random.Next(model.Length)];
            case 1:
                return Small(random);
            default:
                var damaged = (byte[])model.Clone();
                // Structure sits in few bytes among many of weights: the last 20 kB hold most of the operations.
                for (var change = random.Next(1, 12); change > 0; change--)
                {
                    var at = random.Next(2) == 0 ? random.Next(model.Length) : model.Length - 1 - random.Next(20_000);
                    damaged[at] = random.Next(3) switch { 0 => 0xFF, 1 => (byte)random.Next(256), _ => (byte)(damaged[at] ^ (1 << random.Next(8))) };
                }

                return damaged;
        }
    }

    /// <summary>A few random fields that look like a model.</summary>
    private static byte[] Small(Random random)
    {
        var noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        var tensor = new ProtoWriter().Integer(1, random.NextInt64()).Integer(1, random.Next()).Integer(2, 1).Text(8, "w").Bytes(9, noise);
        var graph = new ProtoWriter().Message(5, tensor).Bytes(random.Next(1, 20), noise);
        return new ProtoWriter().Bytes(random.Next(1, 20), noise).Message(7, graph).ToArray();
    }
}
