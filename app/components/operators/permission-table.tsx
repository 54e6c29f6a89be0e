import { PERMISSIONS, type Permission, type Reach, ROLES, roleLabel } from "~/domain/operators/permissions.ts";

const words: Record<Reach, string> = { all: "Yes", "s+t": "Sandbox and test", none: "–" };

/** The table that decides, drawn from the code that decides. */
export function PermissionTable() {
  return (
    <table className="data-table" aria-label="What each role may do">
      <thead>
        <tr>
          <th scope="col">Permission</th>
          {ROLES.map((role) => (
            <th key={role} scope="col">
              {roleLabel[role]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(Object.keys(PERMISSIONS) as Permission[]).map((permission) => (
          <tr key={permission}>
            <th scope="row" className="font-mono text-sm font-normal">
              {permission}
            </th>
            {ROLES.map((role) => (
              <td key={role}>{words[PERMISSIONS[permission][role]]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
