using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Atrium.Testing;

/// <summary>The engine a house stands on.</summary>
public enum DatabaseEngine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory once on each engine. PostgreSQL is skipped, by name, when no test server was given.</summary>
public sealed class BothEnginesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            new TheoryDataRow<DatabaseEngine>(DatabaseEngine.Sqlite),
            new TheoryDataRow<DatabaseEngine>(DatabaseEngine.Postgres) { Skip = PostgresServer.IsGiven ? null : $"no PostgreSQL: {PostgresServer.Variable} is not set" },
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
